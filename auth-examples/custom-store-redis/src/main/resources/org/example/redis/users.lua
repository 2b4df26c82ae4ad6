local function userKey(id) return prefix .. 'user:' .. id end
local function emailKey(canonical) return prefix .. 'email:' .. canonical end
local function usernameKey(canonical) return prefix .. 'username:' .. canonical end

local closedUsers = prefix .. 'closed'

-- region checks
local function heldByAnother(key, id)
  local holder = redis.call('GET', key)
  return holder and holder ~= id
end

local function taken(id, user)
  if heldByAnother(emailKey(user.emailCanonical), id) then
    return 'EMAIL_TAKEN'
  end
  if user.usernameCanonical and heldByAnother(usernameKey(user.usernameCanonical), id) then
    return 'USERNAME_TAKEN'
  end
end
-- end region

-- region keys
local function add(id, user)
  put(userKey(id), user)
  redis.call('SET', emailKey(user.emailCanonical), id)
  if user.usernameCanonical then
    redis.call('SET', usernameKey(user.usernameCanonical), id)
  end
  if user.status == 'CLOSED' then
    redis.call('ZADD', closedUsers, 0, user.updatedAt .. ':' .. id)
  end
end

local function remove(id, user)
  redis.call('DEL', userKey(id), emailKey(user.emailCanonical))
  if user.usernameCanonical then
    redis.call('DEL', usernameKey(user.usernameCanonical))
  end
  redis.call('ZREM', closedUsers, user.updatedAt .. ':' .. id)
end
-- end region

-- region insert
verbs.insert = function()
  local id, user = ARGV[2], fieldsFrom(3)
  local same = get(userKey(id))
  if same then
    return equal(same, user) and 'ALREADY_INSERTED' or 'ID_TAKEN'
  end
  local conflict = taken(id, user)
  if conflict then
    return conflict
  end
  add(id, user)
  return 'INSERTED'
end
-- end region

verbs.findById = function()
  return redis.call('HGETALL', userKey(ARGV[2]))
end

local function findBy(key)
  local id = redis.call('GET', key)
  return id and redis.call('HGETALL', userKey(id)) or {}
end

verbs.findByEmail = function()
  return findBy(emailKey(ARGV[2]))
end

verbs.findByUsername = function()
  return findBy(usernameKey(ARGV[2]))
end

-- region update
verbs.update = function()
  local id, expectedVersion, replacement = ARGV[2], ARGV[3], fieldsFrom(4)
  local stored = get(userKey(id))
  if not stored then
    return 'NOT_FOUND'
  end
  if stored.version ~= expectedVersion then
    return 'STALE'
  end
  local conflict = taken(id, replacement)
  if conflict then
    return conflict
  end
  remove(id, stored)
  add(id, replacement)
  return 'UPDATED'
end
-- end region

verbs.delete = function()
  local stored = get(userKey(ARGV[2]))
  if not stored then
    return 0
  end
  remove(ARGV[2], stored)
  return 1
end

-- region delete-closed
verbs.deleteClosed = function()
  local upTo, limit = ARGV[2], ARGV[3]
  local deleted = {}
  -- A semicolon comes after the colon that ends the time.
  local old = redis.call('ZRANGEBYLEX', closedUsers, '-', '(' .. upTo .. ';', 'LIMIT', 0, limit)
  for i, member in ipairs(old) do
    local id = string.sub(member, #upTo + 2)
    remove(id, get(userKey(id)))
    deleted[i] = id
  end
  return deleted
end
-- end region

return verbs[ARGV[1]]()
