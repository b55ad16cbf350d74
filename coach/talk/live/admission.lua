-- Ask for a place, or renew one: one step, so that two processes cannot give away the same place.
-- KEYS: leases (ticket by the time it ends), line (ticket by the time it came), seen (ticket by its
-- last look). ARGV: ticket, limit, 1 if it holds a place, when it came (ms, or empty), and the
-- times of admission.py. Returns whether the ticket is in, its number in the line, how many are in
-- the line, and when it came (ms).

local leases, line, seen = KEYS[1], KEYS[2], KEYS[3]
local ticket, limit, holds, came = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', ARGV[4]
local lease, present, patience = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)) do
  redis.call('ZREM', line, gone)
  redis.call('ZREM', seen, gone)
end

if holds or redis.call('ZSCORE', leases, ticket) then
  redis.call('ZADD', leases, now + lease, ticket)
  redis.call('ZREM', line, ticket)
  redis.call('ZREM', seen, ticket)
  return {1, 0, redis.call('ZCARD', line), '0'}
end

redis.call('ZADD', line, 'NX', came == '' and now or came, ticket)
redis.call('ZADD', seen, now, ticket)
local ahead = 0
for _, other in ipairs(redis.call('ZRANGE', line, 0, -1)) do
  if other == ticket then
    break
  end
  local looked = redis.call('ZSCORE', seen, other)
  if not looked then -- a cache that is full may forget any of its keys
    redis.call('ZREM', line, other)
  elseif now - looked < present then
    ahead = ahead + 1
  end
end
local free = limit - redis.call('ZCARD', leases)
local info = redis.pcall('INFO', 'server') -- which managed servers may refuse
local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)')
if uptime and tonumber(uptime) < tonumber(ARGV[8]) then
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
