internal import LatentData

extension RowParser {
  /// The greatest magnitude of a number: sums of squares of a million of them are still far from the largest double.
  static let greatestNumber = 1e140

  /// The number of the next row in the table.
  private var nextRow: Int { firstRow + blockRows }

  /// Reads one row or steps over one blank line; returns false when the window ends too early.
  func parseCarefully() throws(FileError) -> Bool {
    guard position < window.bytes.count else { return false }
    let line = nextRow + lineShift
    let first = window.bytes[position]
    let outcome = try splitter.split(window.bytes, from: position, isFinal: window.isFinal, line: line)
    guard case .record(let next) = outcome else { return false }
    if columns.count > 1, first == 0x0A || first == 0x0D {
      blankLines.record(line: line, beforeRow: nextRow)
      skipLines(1)
    } else {
      try splitter.requireCount(columns.count, file: window.name, line: line)
      for column in columns.indices { try takeCell(column, line: line + splitter.cells[column].lineOffset) }
      blockRows += 1
      skipLines(splitter.innerLines)
    }
    position = next
    return true
  }

  /// Moves the lines of the rows from the next on.
  private func skipLines(_ count: Int) {
    guard count > 0 else { return }
    lineShift += count
    lines.record(row: nextRow, line: nextRow + lineShift)
  }

  private func takeCell(_ index: Int, line: Int) throws(FileError) {
    let column = columns[index]
    let cell = splitter[index]
    switch column.use {
    case .states, .learning:
      plans[index].codes[blockRows] = try code(of: cell, column: index, line: line)
      return
    case .intervals, .numbers:
      try takeNumber(cell, column: index, line: line)
    case .presumedNumbers:
      if !takeNumberOrToken(cell, column: index) {
        column.abandonNumbers(at: cell)
        refreshPlan(index)
      }
    case .weights:
      blockWeights[blockRows] = try weight(cell, column: column, line: line)
    case .other:
      break
    }
    guard column.text != nil else { return }
    _ = try text(cell, column: column, line: line)
    column.keep(cell, row: nextRow)
  }

  /// The code of a cell: as it stands, else without the whitespace around it, else in another spelling of the same
  /// characters or of the same number, else as a new state where states are learned.
  private func code(of cell: ArraySlice<UInt8>, column index: Int, line: Int) throws(FileError) -> StateCode {
    let column = columns[index]
    if let code = column.labels.code(of: cell) { return code }
    let label = CellText.trimmed(cell)
    if label.count < cell.count, let code = column.labels.code(of: label) {
      column.trimmedCells += 1
      return code
    }
    let text = try text(label, column: column, line: line)
    if label.contains(where: { $0 >= 0x80 }), let state = column.states.firstIndex(of: text) {
      column.addSpelling(label, of: StateCode(state))
    } else if column.addNumber(text) != nil {
      // Another spelling of a number; it is among the labels now.
    } else if case .learning = column.use {
      if column.learn(text, row: nextRow) == nil {
        refreshPlan(index)
        column.keep(cell, row: nextRow)
        if column.use == .presumedNumbers, takeNumberOrToken(cell, column: index) { return 0 }
        column.abandonNumbers(at: cell)
        refreshPlan(index)
        return -1
      }
    } else {
      throw unknownState(cell, text, column: column, line: line)
    }
    refreshPlan(index)
    if label.count < cell.count { column.trimmedCells += 1 }
    return column.labels.code(of: label) ?? -1
  }

  /// Stores a number, the interval that it lies in, or a missing token, without the whitespace around it; returns false
  /// when the cell is none of them.
  private func takeNumberOrToken(_ cell: ArraySlice<UInt8>, column index: Int) -> Bool {
    let column = columns[index]
    let text = CellText.trimmed(cell)
    if let code = column.labels.code(of: cell) ?? column.labels.code(of: text) {
      plans[index].numbers?[blockRows] = .nan
      plans[index].codes[blockRows] = code
    } else if let value = text.withUnsafeBufferPointer({ DecimalNumber.parse($0) }),
      column.accepts(value)
    {
      store(value, column: index, row: blockRows)
    } else {
      return false
    }
    if text.count < cell.count { column.trimmedCells += 1 }
    return true
  }

  private func takeNumber(_ cell: ArraySlice<UInt8>, column index: Int, line: Int) throws(FileError) {
    if takeNumberOrToken(cell, column: index) { return }
    let column = columns[index]
    if cell.isEmpty {
      throw error(column, line: line, "an empty cell is not a number", remedy: .addEmptyMissingToken)
    }
    let flaw = CellText.shown(cell)
    let text = try text(CellText.trimmed(cell), column: column, line: line)
    let expected = column.cuts == nil ? "a number" : "a number or a state (\(CellText.list(column.states)))"
    if let value = DecimalNumber.parse(text), value.isFinite {
      guard value.magnitude > Self.greatestNumber else {
        throw error(
          column, line: line, "\(flaw) is not a count; expected a whole number, 0 or greater",
          remedy: .correctOrMissingToken)
      }
      throw error(
        column, line: line, "\(flaw) is too large; numbers up to \(Self.greatestNumber) can be squared and summed",
        remedy: .correctOrMissingToken)
    }
    if Double(text).map(\.isFinite) == false {
      throw error(column, line: line, "\(flaw) is not a finite number", remedy: .correctOrMissingToken)
    }
    if DecimalNumber.parse(text.replacing(",", with: "")) != nil {
      throw error(
        column, line: line, "\(flaw) is not \(expected); write decimals with a point, and thousands without a separator"
      )
    }
    throw error(column, line: line, "\(flaw) is not \(expected)", remedy: .correctOrMissingToken)
  }

  private func unknownState(_ cell: ArraySlice<UInt8>, _ text: String, column: FileColumn, line: Int) -> FileError {
    let states = "(\(CellText.list(column.states)))"
    if cell.isEmpty {
      return error(
        column, line: line, "an empty cell is not a state of \(column.name) \(states)", remedy: .addEmptyMissingToken)
    }
    let flaw = "\(CellText.shown(cell)) is not a state of \(column.name) \(states)"
    if let state = CellText.sameExceptCase(text, among: column.states) {
      return error(column, line: line, "\(flaw), case matters; did you mean '\(state)'?")
    }
    return error(column, line: line, flaw, remedy: .addStateOrMissingToken)
  }

  /// A cell as text; refuses bytes that are not UTF-8.
  private func text(_ cell: ArraySlice<UInt8>, column: FileColumn, line: Int) throws(FileError) -> String {
    guard let text = String(validating: cell, as: UTF8.self) else {
      throw error(column, line: line, "\(CellText.shown(cell)) is not valid UTF-8; save the file in UTF-8")
    }
    return text
  }

  private func weight(_ cell: ArraySlice<UInt8>, column: FileColumn, line: Int) throws(FileError) -> Double {
    let text = String(decoding: CellText.trimmed(cell), as: UTF8.self)
    if MissingTokens.standard.contains(text) {
      throw error(column, line: line, "the weight is missing; give every row a number, 0 to leave it out")
    }
    guard let weight = Double(text), weight >= 0, weight.isFinite else {
      throw error(
        column, line: line, "\(CellText.shown(cell)) is not a weight; expected a finite number, 0 or greater")
    }
    return weight
  }

  private func error(
    _ column: FileColumn, line: Int, _ sentence: String, remedy: ReadingRemedy? = nil
  ) -> FileError {
    let name = CellText.cut(column.name)
    return FileError(.invalid, file: window.name, line: line, "column \(name): \(sentence)", remedy: remedy)
  }
}
