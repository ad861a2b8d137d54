/// Numbers in lists of lists, for JSON.
indirect enum NestedList: Encodable, Hashable {
  case number(Double)
  case list([NestedList])

  /// A flat table as lists: the first axis outermost, the last one, which varies fastest, innermost.
  init(_ cells: ArraySlice<Double>, lengths: ArraySlice<Int>) {
    guard let length = lengths.first else {
      self = .number(cells[cells.startIndex])
      return
    }
    let width = cells.count / length
    self = .list(
      (0..<length).map { part in
        let start = cells.startIndex + part * width
        return NestedList(cells[start..<start + width], lengths: lengths.dropFirst())
      })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .list(let items): try container.encode(items)
    }
  }
}
