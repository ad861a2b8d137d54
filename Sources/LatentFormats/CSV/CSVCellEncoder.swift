/// Spells the cells of a table as bytes, with a delimiter behind each.
package struct CSVCellEncoder: Sendable {
  let delimiter: CSVDelimiter
  private let columnCount: Int

  /// - columnCount: how many columns the table has; in a table of one, whose first line has no delimiter, cells are quoted
  ///   as if for any.
  package init(delimiter: CSVDelimiter, columnCount: Int) {
    self.delimiter = delimiter
    self.columnCount = columnCount
  }

  /// Appends the name of a column; quoted with any delimiter in it, because readers guess the delimiter from the first
  /// line.
  func append(name: String, to line: inout ByteBuffer) {
    var name = name
    name.withUTF8 { bytes in
      if bytes.contains(where: isAnyDelimiter) { appendQuoted(bytes, to: &line) } else { append(bytes, to: &line) }
    }
    line.append(delimiter.rawValue)
  }

  /// Appends a cell, quoted where it must be; nil is a missing cell.
  package func append(_ text: String?, to line: inout ByteBuffer) {
    var text = text ?? ""
    text.withUTF8 { append($0, to: &line) }
    line.append(delimiter.rawValue)
  }

  /// Appends a number in the shortest form that reads back to the same value; NaN is a missing cell.
  package func append(_ number: Double, to line: inout ByteBuffer) {
    guard !number.isNaN else { return append(nil, to: &line) }
    line.append(number.description)
    line.append(delimiter.rawValue)
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to line: inout ByteBuffer) {
    guard let first = bytes.first, let last = bytes.last else {
      if columnCount == 1 { appendQuoted(bytes, to: &line) }
      return
    }
    if isBlank(first) || isBlank(last) || bytes.contains(where: isSpecial) {
      appendQuoted(bytes, to: &line)
    } else {
      line.append(UnsafeRawBufferPointer(bytes))
    }
  }

  private func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>, to line: inout ByteBuffer) {
    line.append(0x22)
    for byte in bytes {
      if byte == 0x22 { line.append(byte) }
      line.append(byte)
    }
    line.append(0x22)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func isAnyDelimiter(_ byte: UInt8) -> Bool { CSVDelimiter(rawValue: byte) != nil }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == delimiter.rawValue || byte == 0x22 || byte == 0x0A || byte == 0x0D
      || (columnCount == 1 && isAnyDelimiter(byte))
  }
}
