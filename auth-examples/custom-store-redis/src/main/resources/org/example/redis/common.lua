-- Comes before each script. All keys begin with KEYS[1]; ARGV[1] is the verb.
local prefix = KEYS[1]
local verbs = {}

-- A record is a hash: its fields are the rest of the arguments, name and value in turn. An absent component has no field.
local function fieldsFrom(first)
  local fields = {}
  for i = first, #ARGV, 2 do
    fields[ARGV[i]] = ARGV[i + 1]
  end
  return fields
end

local function get(key)
  local flat = redis.call('HGETALL', key)
  if #flat == 0 then
    return nil
  end
  local fields = {}
  for i = 1, #flat, 2 do
    fields[flat[i]] = flat[i + 1]
  end
  return fields
end

local function put(key, fields)
  redis.call('DEL', key)
  for name, value in pairs(fields) do
    redis.call('HSET', key, name, value)
  end
end

local function equal(some, other)
  for name, value in pairs(some) do
    if other[name] ~= value then
      return false
    end
  end
  for name in pairs(other) do
    if some[name] == nil then
      return false
    end
  end
  return true
end
