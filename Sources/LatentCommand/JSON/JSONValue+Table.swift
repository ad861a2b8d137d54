extension JSONValue {
  /// A flat table as lists of lists: the first axis outermost, the last one, which varies fastest, innermost.
  ///
  /// - lengths: the length of each axis.
  static func table(_ cells: ArraySlice<Double>, lengths: ArraySlice<Int>) -> JSONValue {
    guard let length = lengths.first else { return .number(cells[cells.startIndex]) }
    let width = cells.count / length
    return .list(
      (0..<length).map { part in
        let start = cells.startIndex + part * width
        return table(cells[start..<start + width], lengths: lengths.dropFirst())
      })
  }
}
