internal import LatentData

extension CSV {
  static func inferTable(from window: InputWindow, options: CSVOptions) throws(FileError) -> InferredTable {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    let columns = assignment.columnsToLearn()
    let parser = RowParser(window, header: header, columns: columns)

    var raw = [[StateCode]](repeating: [], count: columns.count)
    var weights: [Double] = []
    while try parser.nextBlock() > 0 {
      weights += parser.weights
      for (index, column) in columns.enumerated() {
        if column.use == .learning {
          raw[index] += parser.codes(ofColumn: index)
        } else if raw[index].count < column.firstTextRow {
          raw[index] += parser.codes(ofColumn: index).prefix(column.firstTextRow - raw[index].count)
        }
      }
    }
    var inference = Inference(tokens: assignment.tokens, rows: weights.count)
    for (index, column) in columns.enumerated() where column.use != .weights {
      try inference.add(column, raw: raw[index], file: window.name, keeps: options.otherText)
      raw[index] = []
    }
    let report = try ReadingReport(parser, assignment: assignment, hits: inference.hits, rows: weights.count)
    let table = Table(checked: try inference.schema(file: window.name), columns: inference.columns, weights: weights)
    return InferredTable(csv: report.csvTable(table, ignored: inference.ignored), readings: inference.readings)
  }
}

/// The variables of a table as they are gathered from columns of raw codes, column by column.
private struct Inference {
  let tokens: [ResolvedToken]
  let rows: Int
  private(set) var hits: [Int]
  private(set) var variables: [Variable] = []
  private(set) var columns: [Column] = []
  private(set) var ignored: [CSVTextColumn] = []
  private(set) var readings: [ColumnReading] = []

  init(tokens: [ResolvedToken], rows: Int) {
    self.tokens = tokens
    self.rows = rows
    hits = [Int](repeating: 0, count: tokens.count)
  }

  func schema(file: String) throws(FileError) -> Schema {
    do { return try Schema(variables) } catch { throw FileError(.invalid, file: file, line: 1, error.description) }
  }

  /// Makes a variable of a column that can be one, and notes how it was read.
  mutating func add(
    _ column: FileColumn, raw: [StateCode], file: String, keeps otherText: CSVOptions.OtherText
  ) throws(FileError) {
    if column.use == .other {
      ignored.append(column.textColumn(earlier: text(of: raw, column)))
      note(column, column.name.isEmpty ? .unnamed : .tooManyValues)
    } else if column.states.isEmpty {
      count(raw)
      let cells = otherText == .kept ? text(of: raw, column) : nil
      ignored.append(CSVTextColumn(name: column.name, position: column.position, cells: cells))
      note(column, .empty, missing: rows)
    } else {
      count(raw)
      let order = StateOrder(column.states)
      do {
        variables.append(try Variable(name: column.name, states: order.states))
      } catch {
        throw FileError(.invalid, file: file, "column \(column.name): \(error.description)")
      }
      let codes = raw.map { $0 < 0 ? -1 : order.positions[Int($0)] }
      columns.append(.codes(codes))
      note(column, order, missing: codes.count { $0 < 0 })
    }
  }

  private mutating func count(_ raw: [StateCode]) {
    for code in raw where code < 0 { hits[-1 - Int(code)] += 1 }
  }

  /// The cells that codes came from.
  private func text(of raw: [StateCode], _ column: FileColumn) -> CSVText {
    var text = CSVText()
    for code in raw {
      text.append((code < 0 ? tokens[-1 - Int(code)].text : column.states[Int(code)]).utf8)
    }
    return text
  }

  private mutating func note(_ column: FileColumn, _ order: StateOrder, missing: Int) {
    let count = order.states.count
    let observed = rows - missing
    let isNearlyAllDistinct = count > 8 && count * 10 >= observed * 9
    let kind: ColumnReading.Kind =
      if count > ColumnReading.mostLikelyStates || isNearlyAllDistinct {
        .manyValues
      } else {
        switch order.numbers {
        case .none: .labels
        case .some(let numbers): numbers.allSatisfy { $0.rounded() == $0 } ? .integers : .numbers
        }
      }
    note(column, kind, states: count, missing: missing, suspected: order.suspectedCodes)
  }

  private mutating func note(
    _ column: FileColumn, _ kind: ColumnReading.Kind, states: Int = 0, missing: Int = 0, suspected: [String] = []
  ) {
    readings.append(
      ColumnReading(
        name: column.name, position: column.position, kind: kind, stateCount: states, missingCells: missing,
        suspectedCodes: suspected))
  }
}
