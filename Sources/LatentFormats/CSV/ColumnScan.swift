internal import LatentData

/// A column of a table that no schema describes, while its cells are read: labels as long as they are few, then numbers,
/// or texts of which nothing is kept.
///
/// A value, and its cells stand in memory that the owner gives it: a check of every access would cost more than the work.
struct ColumnScan {
  /// What the cells are taken for.
  private enum Mode {
    case labels
    case numbers
    case texts
  }

  let name: String
  let position: Int
  private let tokens: [ResolvedToken]
  private let hasNumericToken: Bool
  private var mode = Mode.labels
  private var table: LabelTable
  /// The short labels of the table, and where each of them stands.
  private var slots: UnsafeMutablePointer<LabelTable.Slot>
  private var multiplier: UInt64
  private var shift: UInt64
  /// The labels in the order in which they were found.
  private(set) var labels: [String] = []
  /// The codes of the cells in the block, as `CellBlock` has them.
  private let codes: UnsafeMutablePointer<StateCode>
  /// The numbers in the block.
  private let numbers: UnsafeMutablePointer<Double>
  /// The number of missing cells.
  private var missingCells = 0
  /// How many cells each token stood in.
  private(set) var hits: [Int]
  /// Whether every cell so far is a number, and one more than the one above it.
  private var numbersRows = true
  private var last: Double?
  /// The ends of the numbers, with the next ones to them.
  private var range = NumberEnds()

  /// A column of a file, with memory for the cells of a block that outlives it.
  init(
    _ name: String, position: Int, tokens: [ResolvedToken], codes: UnsafeMutablePointer<StateCode>,
    numbers: UnsafeMutablePointer<Double>
  ) {
    self.name = name
    self.position = position
    self.codes = codes
    self.numbers = numbers
    self.tokens = tokens
    hasNumericToken = tokens.contains { $0.applies(to: name) && StateOrder.number($0.text) != nil }
    hits = [Int](repeating: 0, count: tokens.count)
    table = Self.table(tokens, for: name)
    (slots, multiplier, shift) = (table.slots, table.multiplier, table.shift)
  }

  /// Whether numbers stand in the block, or in one before.
  var hasNumbers: Bool { mode != .labels && !range.isEmpty }

  /// Looks at the short labels anew, which move when there are more.
  private mutating func refresh() { (slots, multiplier, shift) = (table.slots, table.multiplier, table.shift) }

  /// Takes a cell of the block; false when its text is not valid UTF-8.
  mutating func take(_ cell: UnsafeBufferPointer<UInt8>, row: Int) -> Bool {
    if mode != .numbers, let code = find(cell) {
      take(code, row: row)
      return true
    }
    switch mode {
    case .labels: return learn(cell, row: row)
    case .numbers: takeNumber(cell, row: row)
    case .texts: takeText(cell, row: row)
    }
    return true
  }

  /// The code of a text as it stands.
  @inline(__always)
  private func find(_ cell: UnsafeBufferPointer<UInt8>) -> StateCode? {
    guard cell.count <= LabelTable.longestShortLabel else { return table.code(of: cell) }
    var key: UInt64 = 0
    for (index, byte) in cell.enumerated() { key |= UInt64(byte) &<< UInt64(8 * index) }
    let slot = slots[Int(truncatingIfNeeded: (key &* multiplier) &>> shift)]
    if slot.key == key, Int(slot.length) == cell.count { return slot.code }
    return table.code(of: cell)
  }

  @inline(__always)
  private mutating func take(_ code: StateCode, row: Int) {
    numbersRows = false
    codes[row] = max(code, CellBlock.missing)
    guard code < 0 else { return }
    missingCells += 1
    hits[-1 - Int(code)] += 1
  }

  /// Takes a label that was not seen before.
  private mutating func learn(_ cell: UnsafeBufferPointer<UInt8>, row: Int) -> Bool {
    let trimmed = CellText.trimmed(cell)
    if trimmed.count < cell.count, let code = find(trimmed) {
      take(code, row: row)
      return true
    }
    guard let label = String(validating: trimmed, as: UTF8.self) else { return false }
    if trimmed.contains(where: { $0 >= 0x80 }), let known = labels.firstIndex(of: label) {
      table.insert(trimmed, code: StateCode(known))
      refresh()
      take(StateCode(known), row: row)
      return true
    }
    guard labels.count < FileColumn.mostLearnedStates else {
      mode = values?.isEmpty == false && StateOrder.number(label) != nil ? .numbers : .texts
      table = Self.table(tokens, for: name)
      refresh()
      if mode == .numbers { takeNumber(cell, row: row) } else { takeText(cell, row: row) }
      return true
    }
    codes[row] = StateCode(labels.count)
    table.insert(trimmed, code: StateCode(labels.count))
    labels.append(label)
    refresh()
    follow(StateOrder.number(label))
    return true
  }

  private mutating func takeNumber(_ cell: UnsafeBufferPointer<UInt8>, row: Int) {
    let trimmed = CellText.trimmed(cell)
    if hasNumericToken, let code = find(trimmed) { return take(code, row: row) }
    guard let value = DecimalNumber.parse(trimmed), value.magnitude <= RowParser.greatestNumber else {
      if let code = find(trimmed) { return take(code, row: row) }
      mode = .texts
      return takeText(cell, row: row)
    }
    numbers[row] = value
    codes[row] = CellBlock.number
    range.add(value)
    follow(value)
  }

  private mutating func takeText(_ cell: UnsafeBufferPointer<UInt8>, row: Int) {
    let trimmed = CellText.trimmed(cell)
    if trimmed.count < cell.count, let code = find(trimmed) { return take(code, row: row) }
    codes[row] = CellBlock.text
  }

  private mutating func follow(_ value: Double?) {
    guard numbersRows else { return }
    numbersRows = value != nil && (last.map { $0 + 1 == value } ?? true)
    last = value
  }

  private static func table(_ tokens: [ResolvedToken], for name: String) -> LabelTable {
    let table = LabelTable()
    for (index, token) in tokens.enumerated() where token.applies(to: name) {
      table.insert(token.text.utf8, code: StateCode(-1 - index))
    }
    return table
  }
}

extension ColumnScan {
  /// The values of the labels; nil when not all of them are numbers.
  private var values: [Double]? {
    let values = labels.compactMap { label in
      StateOrder.number(label).flatMap { $0.magnitude <= RowParser.greatestNumber ? $0 : nil }
    }
    return values.count == labels.count ? values : nil
  }

  /// The values of the labels if every cell that is not missing is a number, and there is one.
  var numericLabels: [Double]? {
    switch mode {
    case .labels: values.flatMap { $0.isEmpty ? nil : $0 }
    case .numbers: values
    case .texts: nil
    }
  }

  /// What the column holds, to be asked for when all rows were read.
  ///
  /// The same rules as where variables are inferred: numbers with more values than a list would have are measured, and
  /// labels that are many, or hardly ever the same, are names.
  func content(rows: Int) -> MissingnessContent {
    if let values = numericLabels {
      if numbersRows { return .other }
      if mode == .numbers { return .numbers(values) }
      let areWhole = values.allSatisfy { $0.rounded() == $0 }
      let most = areWhole ? ColumnReading.mostWholeStates : ColumnReading.mostFractionalStates
      return values.count > most ? .numbers(values) : .labels(labels)
    }
    if labels.isEmpty || mode == .texts { return .other }
    let areNames = labels.count > 8 && labels.count * 10 >= (rows - missingCells) * 9
    return areNames || labels.count > ColumnReading.mostLikelyStates ? .other : .labels(labels)
  }

  /// Numbers at the ends of the range that look like codes for missing cells.
  var suspectedCodes: [String] {
    guard let values = numericLabels else { return [] }
    guard mode == .numbers else { return SuspectedCodes(numbers: values.sorted(), isMeasured: false).texts }
    var range = range
    for value in values { range.add(value) }
    return SuspectedCodes(numbers: range.values, isMeasured: true).texts
  }
}

/// The two least and the two greatest of some numbers.
private struct NumberEnds {
  private var least = (Double.infinity, Double.infinity)
  private var greatest = (-Double.infinity, -Double.infinity)

  var isEmpty: Bool { least.0 == .infinity }

  mutating func add(_ value: Double) {
    if value < least.1, value != least.0 {
      least = value < least.0 ? (value, least.0) : (least.0, value)
    }
    if value > greatest.1, value != greatest.0 {
      greatest = value > greatest.0 ? (value, greatest.0) : (greatest.0, value)
    }
  }

  /// The numbers in order.
  var values: [Double] { Set([least.0, least.1, greatest.0, greatest.1].filter(\.isFinite)).sorted() }
}
