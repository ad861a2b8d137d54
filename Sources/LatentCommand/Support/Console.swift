internal import Foundation

/// Where a command speaks to people: notes and progress on standard error, results on standard output.
struct Console: Sendable {
  /// Whether standard error stays empty but for errors.
  let isQuiet: Bool

  /// A remark for people; nothing with `--quiet`.
  func note(_ text: String) {
    if !isQuiet { Self.writeToStandardError(text + "\n") }
  }

  /// Whether a progress line may be drawn: standard error is a terminal and nobody asked for quiet.
  var drawsProgress: Bool { !isQuiet && isatty(STDERR_FILENO) == 1 }

  /// Writes what it can: where nobody can read standard error, the work goes on.
  static func writeToStandardError(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
