/// What is wrong with a file, said in one sentence with its location and the nearest remedy.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which promise of the file system or the format was broken; programs map it to an exit code.
  public enum Kind: Hashable, Sendable {
    /// The file cannot be opened or read.
    case unreadable
    /// The content is not what the format or the model asks for.
    case invalid
    /// The file cannot be written.
    case unwritable
    /// The program that read the other end of a pipe has ended, as `head` does when it has seen enough.
    case readerGone
  }

  /// Which promise was broken.
  public let kind: Kind
  /// The file as the user named it; `-` is standard input.
  public let file: String
  /// The line, counted from 1, where one can be named.
  public let line: Int?
  /// The column of the text, counted from 1 in bytes, where one can be named.
  public let column: Int?
  /// What was found and what was expected, and what to do about the file; on one line, whatever names it quotes.
  public let message: String
  /// What to do instead where that is not in the file alone: a setting of the reader, or the model.
  public let remedy: ReadingRemedy?

  /// Puts together an error; line and column count from 1.
  package init(
    _ kind: Kind, file: String, line: Int? = nil, column: Int? = nil, _ message: String, remedy: ReadingRemedy? = nil
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.message = message.withVisibleControls
    self.remedy = remedy
  }

  /// `file:line:column: message; remedy`, in words for users of this library.
  public var description: String { description(\.description) }

  /// `file:line:column: message; remedy`, the remedy in the words of a program.
  public func description(_ words: (ReadingRemedy) -> String) -> String {
    var location = file == "-" ? "standard input" : file
    if let line { location += ":\(line)" }
    if let column { location += ":\(column)" }
    return "\(location): \(message)" + (remedy.map { "; \(words($0))" } ?? "")
  }
}

extension String {
  /// The text with line breaks and other control characters spelt as escapes, so that it stays one harmless line.
  var withVisibleControls: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      text += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return text
  }
}
