/// What was read in a way that the writer of a file may not have meant, in one sentence without the name of the file.
public struct FileWarning: Hashable, Sendable, CustomStringConvertible {
  /// What was found, and how it was read.
  public let message: String
  /// How it can be read otherwise, where the reader can be told so.
  public let remedy: ReadingRemedy?

  init(_ message: String, remedy: ReadingRemedy? = nil) {
    self.message = message
    self.remedy = remedy
  }

  /// The message and the remedy, in words for users of this library.
  public var description: String { description(\.description) }

  /// The message and the remedy, the latter in the words of a program.
  public func description(_ words: (ReadingRemedy) -> String) -> String {
    message + (remedy.map { "; \(words($0))" } ?? "")
  }
}

extension FileWarning: ExpressibleByStringInterpolation {
  /// A warning without a remedy.
  public init(stringLiteral message: String) { self.init(message) }
}
