local function attemptsKey(key) return prefix .. 'attempts:' .. key end
local times = prefix .. 'times'

local function remove(key, attempts)
  redis.call('DEL', attemptsKey(key))
  redis.call('ZREM', times, attempts.lastAt .. ':' .. key)
end

verbs.find = function()
  return redis.call('HGETALL', attemptsKey(ARGV[2]))
end

-- region record
verbs.record = function()
  local key, expectedCount, following = ARGV[2], ARGV[3], fieldsFrom(4)
  local stored = get(attemptsKey(key))
  if (stored and stored.count or '0') ~= expectedCount then
    return 0
  end
  if stored then
    remove(key, stored)
  end
  put(attemptsKey(key), following)
  redis.call('ZADD', times, 0, following.lastAt .. ':' .. key)
  return 1
end
-- end region

verbs.clear = function()
  local stored = get(attemptsKey(ARGV[2]))
  if not stored then
    return 0
  end
  remove(ARGV[2], stored)
  return 1
end

verbs.deleteOlder = function()
  local upTo, limit = ARGV[2], ARGV[3]
  local old = redis.call('ZRANGEBYLEX', times, '-', '(' .. upTo .. ';', 'LIMIT', 0, limit)
  for _, member in ipairs(old) do
    local key = string.sub(member, #upTo + 2)
    remove(key, get(attemptsKey(key)))
  end
  return #old
end

return verbs[ARGV[1]]()
