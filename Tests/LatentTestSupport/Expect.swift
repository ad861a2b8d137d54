public import Testing

/// Records an issue unless every number is close to the one expected, and names the pair that is furthest apart.
///
/// Two numbers are close when |a − b| ≤ absolute + relative · max(|a|, |b|), or when they are the same infinity.
public func expectClose(
  _ actual: [Double], _ expected: [Double], relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> Comment = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(comment().rawValue): \(actual.count) numbers, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  var worst: (index: Int, excess: Double)?
  for (index, (a, b)) in zip(actual, expected).enumerated() where a != b {
    let ratio = (a - b).magnitude / (absolute + relative * max(a.magnitude, b.magnitude))
    let excess = ratio.isNaN ? .infinity : ratio
    if excess > (worst?.excess ?? 1) { worst = (index, excess) }
  }
  guard let worst else { return }
  let a = actual[worst.index]
  let b = expected[worst.index]
  Issue.record(
    "\(comment().rawValue): number \(worst.index) is \(a), expected \(b): \((a - b).magnitude) apart",
    sourceLocation: sourceLocation)
}

/// Records an issue unless two numbers are close; see the function for lists.
public func expectClose(
  _ actual: Double, _ expected: Double, relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> Comment = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    [actual], [expected], relative: relative, absolute: absolute, comment(), sourceLocation: sourceLocation)
}
