internal import LatentData

extension CSV {
  static func inferTable(from window: InputWindow, options: CSVOptions) throws(FileError) -> InferredTable {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    let columns = assignment.columnsToLearn()
    let parser = RowParser(window, header: header, columns: columns)

    var raw = [[StateCode]](repeating: [], count: columns.count)
    var late = [LateNumbers](repeating: LateNumbers(), count: columns.count)
    var weights: [Double] = []
    while try parser.nextBlock() > 0 {
      weights += parser.weights
      for (index, column) in columns.enumerated() {
        if column.use == .learning {
          raw[index] += parser.codes(ofColumn: index)
        } else if raw[index].count < column.firstTextRow {
          raw[index] += parser.codes(ofColumn: index).prefix(column.firstTextRow - raw[index].count)
        }
        if column.use == .presumedNumbers { late[index].append(parser, column: index, from: column.firstTextRow) }
      }
    }
    var inference = Inference(
      tokens: assignment.tokens, rows: weights.count, categorical: options.categoricalColumns)
    for (index, column) in columns.enumerated() where column.use != .weights {
      try inference.add(column, raw: raw[index], late[index], file: window.name, keeps: options.otherText)
      (raw[index], late[index]) = ([], LateNumbers())
    }
    let report = try ReadingReport(parser, assignment: assignment, hits: inference.hits, rows: weights.count)
    let table = Table(checked: try inference.schema(file: window.name), columns: inference.columns, weights: weights)
    return InferredTable(csv: report.csvTable(table, ignored: inference.ignored), readings: inference.readings)
  }
}

/// The numbers of a column from the row on from which it is presumed to be one of numbers.
private struct LateNumbers {
  var values: [Double] = []
  /// Per missing token: how many cells it stood in, after a count of numbers.
  var hits: [Int] = []

  mutating func append(_ parser: RowParser, column: Int, from first: Int) {
    let skipped = max(0, first - parser.firstRow)
    let codes = UnsafeBufferPointer(rebasing: parser.codes(ofColumn: column)[skipped...])
    let numbers = UnsafeBufferPointer(rebasing: parser.numbers(ofColumn: column)[skipped...])
    let needed = 1 - Int(codes.min() ?? 0)
    if hits.count < needed { hits += repeatElement(0, count: needed - hits.count) }
    CSV.append(numbers, missingIn: codes, to: &values, countingMissingIn: &hits)
  }
}

/// The variables of a table as they are gathered from columns of raw codes, column by column.
private struct Inference {
  let tokens: [ResolvedToken]
  let rows: Int
  /// The columns whose values are states whatever they look like.
  let categorical: Set<String>
  private(set) var hits: [Int]
  private(set) var variables: [Variable] = []
  private(set) var columns: [Column] = []
  private(set) var ignored: [CSVTextColumn] = []
  private(set) var readings: [ColumnReading] = []

  init(tokens: [ResolvedToken], rows: Int, categorical: Set<String>) {
    self.tokens = tokens
    self.rows = rows
    self.categorical = categorical
    hits = [Int](repeating: 0, count: tokens.count)
  }

  func schema(file: String) throws(FileError) -> Schema {
    do { return try Schema(variables) } catch { throw FileError(.invalid, file: file, line: 1, error.description) }
  }

  /// Makes a variable of a column that can be one, and notes how it was read.
  mutating func add(
    _ column: FileColumn, raw: [StateCode], _ late: LateNumbers, file: String,
    keeps otherText: CSVOptions.OtherText
  ) throws(FileError) {
    if column.use == .presumedNumbers, !categorical.contains(column.name) {
      count(raw)
      for (index, cells) in late.hits.enumerated().dropFirst() { hits[index - 1] += cells }
      let early = column.states.map { StateOrder.number($0) ?? .nan }
      try add(
        column, values: raw.map { $0 < 0 ? .nan : early[Int($0)] } + late.values, states: 0, suspected: [], file: file)
    } else if column.use == .other || column.use == .presumedNumbers {
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
      let early = column.states.map { StateOrder.number($0) ?? .nan }
      let values = order.numbers == nil ? [] : raw.map { $0 < 0 ? .nan : early[Int($0)] }
      if let numbers = order.numbers, ColumnReading.areMeasurements(numbers, values),
        !categorical.contains(column.name)
      {
        return try add(
          column, values: values, states: numbers.count, suspected: order.suspectedCodes, file: file)
      }
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

  /// Makes a variable of numbers of a column.
  private mutating func add(
    _ column: FileColumn, values: [Double], states: Int, suspected: [String], file: String
  ) throws(FileError) {
    do { variables.append(try Variable(name: column.name, domain: .real)) } catch {
      throw FileError(.invalid, file: file, "column \(column.name): \(error.description)")
    }
    columns.append(.reals(values))
    note(
      column, .measurements, states: states, missing: values.count(where: \.isNaN), suspected: suspected)
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
