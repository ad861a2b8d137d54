import LatentLaws
import Testing

/// Records an issue unless every number is close to the one expected; `Discrepancy` says what is close.
func expectClose(
  _ actual: [Double], _ expected: [Double], relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> Comment = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let discrepancy = Discrepancy(actual, expected, relative: relative, absolute: absolute) else { return }
  Issue.record("\(comment().rawValue): \(discrepancy)", sourceLocation: sourceLocation)
}

/// Records an issue unless two numbers are close; see the function for lists.
func expectClose(
  _ actual: Double, _ expected: Double, relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> Comment = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    [actual], [expected], relative: relative, absolute: absolute, comment(), sourceLocation: sourceLocation)
}
