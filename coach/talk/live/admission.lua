-- Ask for a place, or renew places: one step, so that two processes cannot give away the same place.
-- KEYS: leases (ticket by the time it ends), line (ticket by the time it came), seen (ticket by its
-- last look). ARGV: limit, 1 if the tickets hold places, when the one that holds none came (ms, or
-- empty), the times of admission.py, and the tickets: one, or all that are to be renewed. Returns
-- whether they are in, the number in the line, how many are in the line, and when it came (ms).

local leases, line, seen = KEYS[1], KEYS[2], KEYS[3]
local limit, holds, came = tonumber(ARGV[1]), ARGV[2] == '1', ARGV[3]
local lease, present, patience = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local settle, first = tonumber(ARGV[7]), 8 -- of the tickets
local ticket = ARGV[first]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)) do
  redis.call('ZREM', line, gone)
  redis.call('ZREM', seen, gone)
end

if holds or redis.call('ZSCORE', leases, ticket) then
  for at = first, #ARGV do
    redis.call('ZADD', leases, now + lease, ARGV[at])
    redis.call('ZREM', line, ARGV[at])
    redis.call('ZREM', seen, ARGV[at])
  end
  return {1, 0, redis.call('ZCARD', line), '0'}
end

redis.call('ZADD', line, 'NX', came == '' and now or came, ticket)
redis.call('ZADD', seen, now, ticket)
if redis.call('ZCARD', line) ~= redis.call('ZCARD', seen) then
  -- A cache that is full may forget any of its keys: who still waits looks again, and comes back.
  for _, other in ipairs(redis.call('ZRANGE', line, 0, -1)) do
    if not redis.call('ZSCORE', seen, other) then
      redis.call('ZREM', line, other)
    end
  end
end
local place = redis.call('ZRANK', line, ticket)
local ahead = place -- but those who have not looked for a while: the line itself is not walked
for _, away in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - present)) do
  local theirs = redis.call('ZRANK', line, away)
  if theirs and theirs < place then
    ahead = ahead - 1
  end
end
local free = limit - redis.call('ZCARD', leases)
local info = redis.pcall('INFO', 'server') -- which managed servers may refuse
local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)')
if uptime and tonumber(uptime) < settle then
  free = 0
end
if ahead < free then
  redis.call('ZADD', leases, now + lease, ticket)
  redis.call('ZREM', line, ticket)
  redis.call('ZREM', seen, ticket)
  return {1, 0, redis.call('ZCARD', line), '0'}
end
local number = ahead + 1 - math.max(free, 0)
return {0, number, redis.call('ZCARD', line), redis.call('ZSCORE', line, ticket)}
