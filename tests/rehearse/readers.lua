-- What wrk does for tests/rehearse/crowd.py: read the pages in turn, and look at every
-- answer. Each thread has one connection, so an answer is to what was asked last.
-- Arguments: milliseconds between an answer and the next request, then a path and how
-- the page ends when it is compressed (the checksum and the length of its text), and so
-- on.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  pause, pages, at = tonumber(arguments[1]), {}, 0
  for index = 2, #arguments, 2 do
    local ending = arguments[index + 1]:gsub("..", function(byte)
      return string.char(tonumber(byte, 16))
    end)
    table.insert(pages, { path = arguments[index], ending = ending })
  end
  right, wrong, faults = 0, 0, ""
end

function request()
  at = at % #pages + 1
  return wrk.format("GET", pages[at].path)
end

function delay()
  return pause
end

function response(status, headers, body)
  local fault
  if status ~= 200 then
    fault = status
  elseif body:sub(-8) ~= pages[at].ending then
    fault = "another page"
  end
  if fault then
    wrong = wrong + 1
    if wrong <= 5 then
      faults = faults .. fault .. " at " .. pages[at].path .. "\n"
    end
  else
    right = right + 1
  end
end

function done(summary, latency, requests)
  local right, wrong, errors = 0, 0, summary.errors
  for _, thread in ipairs(threads) do
    right, wrong = right + thread:get("right"), wrong + thread:get("wrong")
    io.write(thread:get("faults"))
  end
  local cut = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    "told %d %d %d %.3f %.1f\n",
    right, wrong, cut, summary.duration / 1e6, latency:percentile(95) / 1000
  ))
end
