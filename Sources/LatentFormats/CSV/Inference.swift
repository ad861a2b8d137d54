internal import LatentData

/// The variables of a table as they are gathered from columns of raw codes and numbers, column by column.
struct Inference {
  private let tokens: [ResolvedToken]
  private let rows: Int
  private let options: CSVOptions
  private let file: String
  private(set) var hits: [Int]
  private(set) var variables: [Variable] = []
  private(set) var columns: [Column] = []
  private(set) var ignored: [CSVTextColumn] = []
  private(set) var readings: [ColumnReading] = []
  private var cuts: [String: Cuts] = [:]

  init(tokens: [ResolvedToken], rows: Int, options: CSVOptions, file: String) {
    self.tokens = tokens
    self.rows = rows
    self.options = options
    self.file = file
    hits = [Int](repeating: 0, count: tokens.count)
  }

  func schema() throws(FileError) -> Schema {
    do { return try Schema(variables) } catch { throw FileError(.invalid, file: file, line: 1, error.description) }
  }

  /// What was said of missing cells beside the standard tokens, and where numbers were cut.
  var codebook: Codebook {
    var codebook = Codebook(cuts: cuts)
    for token in tokens where token.origin != .standard {
      if let column = token.column {
        guard variables.contains(where: { $0.name == column }) else { continue }
        codebook.missingByVariable[column, default: []].append(token.text)
      } else {
        codebook.missing.append(token.text)
      }
    }
    return codebook
  }

  /// Makes a variable of a column that can be one, and notes how it was read.
  mutating func add(_ column: FileColumn, raw: [StateCode], _ late: LateNumbers) throws(FileError) {
    let type = options.columnTypes[column.name]
    if column.use == .numbers || column.use == .presumedNumbers && type != .states {
      let early = column.states.map { StateOrder.number($0) ?? .nan }
      let values = raw.map { $0 < 0 ? .nan : early[Int($0)] } + late.values
      if type != nil || !ColumnReading.areIdentifiers(values, named: column.name) {
        count(raw)
        for (index, cells) in late.hits.enumerated().dropFirst() { hits[index - 1] += cells }
        guard values.contains(where: { !$0.isNaN }) else { return addEmpty(column, raw) }
        return try add(column, numbers: values)
      }
    }
    if column.use == .other || column.use == .presumedNumbers {
      ignored.append(column.textColumn(earlier: text(of: raw, column)))
      let kind: ColumnReading.Kind = StateOrder.haveCommas(column.states) ? .decimalCommas : .tooManyValues
      note(column, column.name.isEmpty ? .unnamed : kind, suspected: SuspectedCodes(column))
    } else if column.states.isEmpty {
      count(raw)
      addEmpty(column, raw)
    } else {
      count(raw)
      try addLabels(column, raw)
    }
  }

  private mutating func addEmpty(_ column: FileColumn, _ raw: [StateCode]) {
    let cells = options.otherText == .kept ? text(of: raw, column) : nil
    ignored.append(CSVTextColumn(name: column.name, position: column.position, cells: cells))
    note(column, .empty, missing: rows)
  }

  /// Makes a variable of a column whose labels are all known: one of states, unless the labels are measurements.
  private mutating func addLabels(_ column: FileColumn, _ raw: [StateCode]) throws(FileError) {
    let order = StateOrder(column.states)
    let isFree = options.columnTypes[column.name] == nil
    let early = column.states.map { StateOrder.number($0) ?? .nan }
    let values = order.numbers == nil ? [] : raw.map { $0 < 0 ? .nan : early[Int($0)] }
    if let numbers = order.numbers, isFree, ColumnReading.areMeasurements(numbers, values, named: column.name) {
      return try add(column, numbers: values, distinct: numbers)
    }
    let states = try variable(column.name, .states(order.states))
    let codes = raw.map { $0 < 0 ? -1 : order.positions[Int($0)] }
    variables.append(states)
    columns.append(.codes(codes))
    let missing = codes.count { $0 < 0 }
    let kind =
      isFree && StateOrder.haveCommas(order.states) ? .decimalCommas : Self.kind(order, observed: rows - missing)
    let suspected = order.numbers.map { SuspectedCodes(numbers: $0, isMeasured: false) }
    note(
      column, kind, states: order.states.count, missing: missing,
      suspected: suspected ?? SuspectedCodes(labels: order.states), similar: order.differingInCaseOnly)
  }

  /// Makes a variable of numbers of a column, or of the intervals that they are to be cut into.
  private mutating func add(
    _ column: FileColumn, numbers values: [Double], distinct: [Double]? = nil
  ) throws(FileError) {
    let missing = values.count(where: \.isNaN)
    let suspected = SuspectedCodes(numbers: distinct ?? Self.extremes(of: values), isMeasured: true)
    let binning: Binning
    switch options.columnTypes[column.name] {
    case .intervals(let asked): binning = asked
    case .count:
      variables.append(try variable(column.name, .count))
      columns.append(.reals(values))
      return note(column, .counts, missing: missing, suspected: suspected)
    case .real, .states, nil:
      variables.append(try variable(column.name, .real))
      columns.append(.reals(values))
      return note(column, .measurements, states: distinct?.count ?? 0, missing: missing, suspected: suspected)
    }
    guard let found = binning.cuts(of: values) else {
      throw FileError(
        .invalid, file: file, "column \(column.name): too few different numbers to cut; leave it uncut")
    }
    variables.append(try variable(column.name, .states(found.labels)))
    columns.append(.codes(values.map { $0.isNaN ? -1 : found.code(of: $0) }))
    cuts[column.name] = found
    note(column, .intervals, states: found.intervalCount, missing: missing, suspected: suspected)
  }

  private func variable(_ name: String, _ domain: Domain) throws(FileError) -> Variable {
    do { return try Variable(name: name, domain: domain) } catch {
      throw FileError(.invalid, file: file, "column \(name): \(error.description)")
    }
  }

  /// The least and the greatest of different numbers, rising: enough to see whether some stand apart.
  private static func extremes(of values: [Double]) -> [Double] {
    let ends = 8
    var least: [Double] = []
    var greatest: [Double] = []
    for value in values where !value.isNaN {
      if least.count < ends || value < least[ends - 1] { insert(value, into: &least) { $0 < $1 } }
      if greatest.count < ends || value > greatest[ends - 1] { insert(value, into: &greatest) { $0 > $1 } }
      if least.count > ends { least.removeLast() }
      if greatest.count > ends { greatest.removeLast() }
    }
    return Set(least + greatest).sorted()
  }

  private static func insert(_ value: Double, into list: inout [Double], by precedes: (Double, Double) -> Bool) {
    guard !list.contains(value) else { return }
    list.insert(value, at: list.firstIndex { precedes(value, $0) } ?? list.endIndex)
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

  private static func kind(_ order: StateOrder, observed: Int) -> ColumnReading.Kind {
    let count = order.states.count
    let isNearlyAllDistinct = count > 8 && count * 10 >= observed * 9
    if count > ColumnReading.mostLikelyStates || isNearlyAllDistinct { return .manyValues }
    guard let numbers = order.numbers else { return .labels }
    return numbers.allSatisfy { $0.rounded() == $0 } ? .integers : .numbers
  }

  private mutating func note(
    _ column: FileColumn, _ kind: ColumnReading.Kind, states: Int = 0, missing: Int = 0,
    suspected: SuspectedCodes? = nil, similar: [String] = []
  ) {
    readings.append(
      ColumnReading(
        name: column.name, position: column.position, kind: kind, stateCount: states, missingCells: missing,
        suspectedCodes: suspected?.texts ?? [], differingInCaseOnly: similar))
  }
}

extension SuspectedCodes {
  /// What kept a column with too many values from being one of numbers, if it is short enough to be a code.
  fileprivate init(_ column: FileColumn) {
    let obstacles = column.states.filter { StateOrder.number($0) == nil } + [column.obstacle].compactMap(\.self)
    self.init(obstacles: obstacles, of: column.states.count)
  }
}
