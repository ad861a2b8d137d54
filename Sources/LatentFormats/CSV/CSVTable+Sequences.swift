public import LatentData

/// Rows of a file as the steps of sequences.
public struct SequencedTable: Sendable {
  /// The rows, those of a sequence side by side, sequences in the order of their first rows.
  public let table: Table
  /// The row of the file at each row of the table.
  public let rows: [Int]
  /// What the rows of each sequence have in common in the column that tells sequences apart; nil without such a column.
  public let names: [String]?

  /// Brings rows like those of the table into the order of the file.
  public func inFileOrder(_ table: Table) -> Table {
    guard !zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 }) else { return table }
    return table.selecting(inFileOrder(Array(rows.indices)))
  }

  /// Brings cells, one per row of the table, into the order of the file.
  public func inFileOrder<Value>(_ values: [Value]) -> [Value] {
    var sorted = values
    for (position, row) in rows.enumerated() { sorted[row] = values[position] }
    return sorted
  }
}

extension CSVTable {
  /// The rows as sequences: those with one value of the column `by` are gathered, wherever they stand.
  ///
  /// - Parameter table: the rows of this file, or these with other cells.
  /// - Throws: `.invalid`, with lines, when a cell of a sequence column is empty, the column of the order does not rise
  ///   strictly within a sequence, or the rows of a sequence differ in weight. Linear in the rows.
  public func sequenced(
    _ table: Table, by columns: SequenceColumns, file: String
  ) throws(FileError) -> SequencedTable {
    var numbers: [String: Int] = [:]
    var sequenceOfRow = [Int](repeating: 0, count: table.rowCount)
    var names: [String]?
    if let by = columns.by {
      let text = try self.text(by, file)
      var found: [String] = []
      for row in 0..<table.rowCount {
        let name = try cell(text, row, by, file)
        if let number = numbers[name] {
          sequenceOfRow[row] = number
        } else {
          sequenceOfRow[row] = found.count
          numbers[name] = found.count
          found.append(name)
        }
      }
      names = found
    }
    let (rows, starts) = Self.gathered(sequenceOfRow, count: names?.count ?? min(1, table.rowCount))
    if let order = columns.order { try checkOrder(order, rows, starts, file) }
    let isInOrder = zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }
    do {
      let gathered = isInOrder ? table : table.selecting(rows)
      return SequencedTable(table: try gathered.withSequences(startingAt: starts), rows: rows, names: names)
    } catch {
      guard case .sequenceWeight(let weight, let row, let expected) = error else { preconditionFailure("\(error)") }
      throw FileError(
        .invalid, file: file, line: line(ofRow: rows[row]),
        "the weight \(weight) differs from that of the first row of its sequence, \(expected); give all rows of a "
          + "sequence one weight")
    }
  }

  /// The rows by sequence, and where each sequence begins.
  private static func gathered(_ sequenceOfRow: [Int], count: Int) -> (rows: [Int], starts: [Int]) {
    var ends = [Int](repeating: 0, count: count)
    for sequence in sequenceOfRow { ends[sequence] += 1 }
    var starts: [Int] = []
    var end = 0
    for sequence in ends.indices {
      starts.append(end)
      end += ends[sequence]
      ends[sequence] = starts[sequence]
    }
    var rows = [Int](repeating: 0, count: sequenceOfRow.count)
    for (row, sequence) in sequenceOfRow.enumerated() {
      rows[ends[sequence]] = row
      ends[sequence] += 1
    }
    return (rows, starts)
  }

  private func text(_ column: String, _ file: String) throws(FileError) -> CSVText {
    guard let text = ignoredColumns.first(where: { $0.name == column })?.cells else {
      throw FileError(
        .invalid, file: file, line: 1, "there is no column \(column), which makes sequences of the rows; add it")
    }
    return text
  }

  private func cell(_ text: CSVText, _ row: Int, _ column: String, _ file: String) throws(FileError) -> String {
    let cell = text[row]
    guard cell.utf8.contains(where: { $0 > 0x20 }) else {
      throw FileError(
        .invalid, file: file, line: line(ofRow: row),
        "column \(column) is empty, so that the row has no place in a sequence; fill the cell or remove the row")
    }
    return cell
  }

  /// Refuses rows that do not rise within their sequence: numbers by value, other texts by their characters.
  private func checkOrder(_ column: String, _ rows: [Int], _ starts: [Int], _ file: String) throws(FileError) {
    let text = try self.text(column, file)
    var isStart = [Bool](repeating: false, count: rows.count + 1)
    for start in starts { isStart[start] = true }
    var before = ""
    for (position, row) in rows.enumerated() {
      let cell = try self.cell(text, row, column, file)
      if !isStart[position], !Self.rises(before, cell) {
        throw FileError(
          .invalid, file: file, line: line(ofRow: row),
          "column \(column) is \(cell) after \(before) on line \(line(ofRow: rows[position - 1])) of the same sequence; "
            + "within a sequence it must rise from row to row, so sort the rows")
      }
      before = cell
    }
  }

  private static func rises(_ before: String, _ cell: String) -> Bool {
    if let first = NumericLabels.value(of: before), let second = NumericLabels.value(of: cell) { return first < second }
    return before < cell
  }
}
