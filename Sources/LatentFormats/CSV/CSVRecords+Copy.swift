extension CSVRecords {
  /// Copies the first line as it stands.
  package func copyHeader(to file: OutputFile) throws(FileError) { try file.write(headerSource) }

  /// Copies the current row as it stands, and what lies between it and the row before, but for some cells in whose place
  /// another text is written, which has no quotes around it yet.
  package func copyRow(to file: OutputFile, replacing: (_ column: Int) -> String?) throws(FileError) {
    let bytes = UnsafeRawBufferPointer(window.bytes)
    let encoder = CSVCellEncoder(delimiter: delimiter, columnCount: header.count)
    try file.fill { line, _ in
      var copied = lead
      for (column, extent) in extents.enumerated() {
        guard let text = replacing(column) else { continue }
        line.append(UnsafeRawBufferPointer(rebasing: bytes[copied..<extent.lowerBound]))
        encoder.append(text, to: &line)
        line.removeLast()
        copied = extent.upperBound
      }
      line.append(UnsafeRawBufferPointer(rebasing: bytes[copied..<end]))
    }
  }

  /// Copies what lies behind the last row, once `next` has said that there are no more.
  package func copyRest(to file: OutputFile) throws(FileError) {
    let bytes = UnsafeRawBufferPointer(window.bytes)
    try file.fill { rest, _ in rest.append(UnsafeRawBufferPointer(rebasing: bytes[lead...])) }
  }
}
