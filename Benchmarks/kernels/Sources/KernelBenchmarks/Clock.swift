#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// CPU seconds of this process.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The least CPU time of one call, in seconds, over several samples of at least 20 ms each.
///
/// The least is what the machine can do; everything above it is what else went on.
func leastSeconds(samples: Int = 15, _ body: () throws -> Void) rethrows -> Double {
  var calls = 1
  while true {
    let start = processorSeconds()
    for _ in 0..<calls { try body() }
    if processorSeconds() - start > 0.02 { break }
    calls *= 2
  }
  var least = Double.infinity
  for _ in 0..<samples {
    let start = processorSeconds()
    for _ in 0..<calls { try body() }
    least = min(least, (processorSeconds() - start) / Double(calls))
  }
  return least
}
