local function tokenKey(id) return prefix .. 'token:' .. id end
local function tokensOf(user) return prefix .. 'tokens:' .. user end
local function slotKey(token) return prefix .. 'slot:' .. token.user .. ':' .. token.slot end
local expiries = prefix .. 'expiries'

-- Sorts as the times do: they are text of one length, and all scores are 0.
local function expiry(id, token) return token.expiresAt .. ':' .. id end

-- region keys
local function add(id, token)
  put(tokenKey(id), token)
  redis.call('SADD', tokensOf(token.user), id)
  redis.call('ZADD', expiries, 0, expiry(id, token))
  if token.slot then
    redis.call('SET', slotKey(token), id)
  end
end

local function remove(id, token)
  redis.call('DEL', tokenKey(id))
  redis.call('SREM', tokensOf(token.user), id)
  redis.call('ZREM', expiries, expiry(id, token))
  if token.slot then
    redis.call('DEL', slotKey(token))
  end
end
-- end region

-- region insert
local function outcomeOfSame(id, token)
  local same = get(tokenKey(id))
  if same then
    return equal(same, token) and 'ALREADY_INSERTED' or 'ID_TAKEN'
  end
end

verbs.insert = function()
  local id, token = ARGV[2], fieldsFrom(3)
  local before = outcomeOfSame(id, token)
  if before then
    return before
  end
  add(id, token)
  return 'INSERTED'
end

verbs.insertIntoSlot = function()
  local id, replaceIssuedUpTo, token = ARGV[2], ARGV[3], fieldsFrom(4)
  local before = outcomeOfSame(id, token)
  if before then
    return before
  end
  local holder = redis.call('GET', slotKey(token))
  if holder then
    local held = get(tokenKey(holder))
    if held.issuedAt > replaceIssuedUpTo then
      return 'SLOT_KEPT'
    end
    remove(holder, held)
  end
  add(id, token)
  return 'INSERTED'
end
-- end region

verbs.find = function()
  return redis.call('HGETALL', tokenKey(ARGV[2]))
end

-- region consume
verbs.consume = function()
  local id, purpose, digest = ARGV[2], ARGV[3], ARGV[4]
  local token = get(tokenKey(id))
  if not token or token.purpose ~= purpose or token.digest ~= digest then
    return {}
  end
  local consumed = redis.call('HGETALL', tokenKey(id))
  remove(id, token)
  return consumed
end
-- end region

-- region rotate
local TAKEN_OVER = {'digest', 'previousDigest', 'rotatedAt', 'expiresAt', 'authenticatedAt', 'label', 'stamp'}

verbs.rotate = function()
  local id, expected, replacement = ARGV[2], ARGV[3], fieldsFrom(4)
  local token = get(tokenKey(id))
  if not token or token.digest ~= expected then
    return 0
  end
  redis.call('ZREM', expiries, expiry(id, token))
  for _, name in ipairs(TAKEN_OVER) do
    token[name] = replacement[name]
  end
  if replacement.lastUsedAt > token.lastUsedAt then
    token.lastUsedAt = replacement.lastUsedAt
  end
  put(tokenKey(id), token)
  redis.call('ZADD', expiries, 0, expiry(id, token))
  return 1
end
-- end region

-- region touch
verbs.touch = function()
  local id, lastUsedAt = ARGV[2], ARGV[3]
  local stored = redis.call('HGET', tokenKey(id), 'lastUsedAt')
  if not stored or stored >= lastUsedAt then
    return 0
  end
  redis.call('HSET', tokenKey(id), 'lastUsedAt', lastUsedAt)
  return 1
end
-- end region

verbs.delete = function()
  local token = get(tokenKey(ARGV[2]))
  if not token then
    return 0
  end
  remove(ARGV[2], token)
  return 1
end

-- region delete-by-user
-- The token to keep and the live stamp may be empty; without a purpose, all are meant.
verbs.deleteByUser = function()
  local user, except, liveStamp = ARGV[2], ARGV[3], ARGV[4]
  local purposes = {}
  for i = 5, #ARGV do
    purposes[ARGV[i]] = true
  end
  local deleted = 0
  for _, id in ipairs(redis.call('SMEMBERS', tokensOf(user))) do
    local token = get(tokenKey(id))
    local dead = liveStamp == '' or (token.stamp and token.stamp ~= liveStamp)
    if dead and id ~= except and (#ARGV < 5 or purposes[token.purpose]) then
      remove(id, token)
      deleted = deleted + 1
    end
  end
  return deleted
end
-- end region

verbs.listByUser = function()
  local user, purpose = ARGV[2], ARGV[3]
  local tokens = {}
  for _, id in ipairs(redis.call('SMEMBERS', tokensOf(user))) do
    if redis.call('HGET', tokenKey(id), 'purpose') == purpose then
      tokens[#tokens + 1] = redis.call('HGETALL', tokenKey(id))
    end
  end
  return tokens
end

-- region delete-expired
verbs.deleteExpired = function()
  local now, limit = ARGV[2], ARGV[3]
  -- A semicolon comes after the colon that ends the time.
  local due = redis.call('ZRANGEBYLEX', expiries, '-', '(' .. now .. ';', 'LIMIT', 0, limit)
  for _, member in ipairs(due) do
    local id = string.sub(member, #now + 2)
    remove(id, get(tokenKey(id)))
  end
  return #due
end
-- end region

-- region token-with-user
verbs.findWithUser = function()
  local token = redis.call('HGETALL', tokenKey(ARGV[2]))
  local user = redis.call('HGET', tokenKey(ARGV[2]), 'user')
  return {token, user and redis.call('HGETALL', prefix .. 'user:' .. user) or {}}
end
-- end region

return verbs[ARGV[1]]()
