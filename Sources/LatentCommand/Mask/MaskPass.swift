internal import Latent

/// One pass over the rows of a table to be masked. Every pass with one seed draws the same number for a cell, whichever
/// other columns are masked.
struct MaskPass {
  private let records: CSVRecords
  private let plan: MaskPlan
  private var generators: [SplitMix64]
  private var counts: [MaskCount]

  init(_ records: CSVRecords, _ plan: MaskPlan, seed: UInt64) {
    self.records = records
    self.plan = plan
    var seeds = SplitMix64(seed: seed)
    let columns = records.header.map { _ in SplitMix64(seed: seeds.next()) }
    generators = plan.columns.map { columns[$0.position] }
    counts = plan.columns.map { MaskCount(terms: $0.terms.count) }
  }

  /// Shows every cell that can be hidden to the rule of its column, and lets the rules settle.
  consuming func consider(for rules: inout [HidingRule]) throws {
    while try records.next() {
      try forEachCell { index, predictor, draw in rules[index].consider(predictor: predictor, draw: draw) }
    }
    for index in rules.indices { rules[index].settle() }
  }

  /// Copies the table without the cells that the rules hide, and lists these; returns what happened to each column.
  consuming func write(to path: String, truth: String?, hiding rules: inout [HidingRule]) throws -> [MaskCount] {
    let table = try OutputFile(path)
    let list = try truth.map { try OutputFile($0) }
    let writer = try list.map { try CSVWriter($0, header: ["row", "column", "value"]) }
    try records.copyHeader(to: table)
    var replaced = [String?](repeating: nil, count: records.header.count)
    while try records.next() {
      var hidden: [Int] = []
      try forEachCell { index, predictor, draw in
        if rules[index].hides(predictor: predictor, draw: draw) { hidden.append(index) }
      }
      for index in hidden {
        let position = plan.columns[index].position
        counts[index].hidden += 1
        replaced[position] = plan.missingTexts[index]
        try writer?.write(row: ["\(records.row)", records.header[position], records.text(position)])
      }
      try records.copyRow(to: table) { replaced[$0] }
      for index in hidden { replaced[plan.columns[index].position] = nil }
    }
    try records.copyRest(to: table)
    try checkLabels()
    try list?.commit()
    try table.commit()
    return counts
  }

  /// Calls `body` for every cell of the current row that can be hidden.
  private mutating func forEachCell(_ body: (_ index: Int, _ predictor: Double, _ draw: Double) -> Void) throws {
    for (index, column) in plan.columns.enumerated() {
      let draw = Double.random(in: 0..<1, using: &generators[index])
      guard !records.isMissing(column.position) else { continue }
      counts[index].cells += 1
      body(index, try predictor(column, index), draw)
    }
  }

  /// What the terms of a column add up to in the current row.
  private mutating func predictor(_ column: MaskedColumn, _ index: Int) throws -> Double {
    var sum = 0.0
    var hasUnknown = false
    for (number, term) in column.terms.enumerated() {
      guard !records.isMissing(term.position) else {
        hasUnknown = true
        continue
      }
      switch term.condition {
      case .holds(let label):
        guard records.holds(term.position, label) else { continue }
        counts[index].hasMet[number] = true
        sum += term.weight
      case .perUnit:
        counts[index].hasMet[number] = true
        guard let value = records.number(term.position) else {
          let name = records.header[term.position]
          let label = try records.label(term.position)
          throw records.error(
            term.position,
            "'\(label)' is not a number, which --depends-on '\(name):\(term.weight)' needs; give labels weights of their "
              + "own, as in '\(name)=\(label):\(term.weight)'")
        }
        sum += term.weight * value
      }
    }
    if hasUnknown { counts[index].unknown += 1 }
    guard sum.isFinite else {
      throw records.error(column.position, "the log-odds of hiding the cell are not finite; use smaller weights")
    }
    return sum
  }

  /// Refuses a dependence on a label that no cell holds: it is misspelt, or in another column.
  private func checkLabels() throws {
    for (column, count) in zip(plan.columns, counts) where count.cells > 0 {
      for (term, isMet) in zip(column.terms, count.hasMet) where !isMet {
        guard case .holds(let label) = term.condition else { continue }
        throw CommandError(
          .usage,
          "--depends-on: no row that has \(records.header[column.position]) holds '\(String(decoding: label, as: UTF8.self))' "
            + "in column \(records.header[term.position]); correct the label")
      }
    }
  }
}

/// What happened to a masked column.
struct MaskCount {
  /// The cells that could be hidden.
  var cells = 0
  var hidden = 0
  /// The cells whose log-odds lack a term, since the cell that it looks at is missing.
  var unknown = 0
  /// Which terms some cell met.
  var hasMet: [Bool]

  init(terms: Int) { hasMet = [Bool](repeating: false, count: terms) }

  /// The counts in words.
  func sentence(_ column: MaskedColumn, _ rule: HidingRule, _ header: [String]) -> String {
    let share = cells > 0 ? " (\(fixed(100 * Double(hidden) / Double(cells), 2)) %)" : ""
    var text = "\(header[column.position]): hid \(hidden) of \(counted(cells, "cell"))\(share)"
    if !column.terms.isEmpty, let intercept = rule.intercept {
      text += ", intercept \(Numerals.significant(intercept, digits: 6))"
    }
    guard unknown > 0 else { return text }
    return text + "; \(counted(unknown, "cell")) lacked a value that it depends on, which adds nothing there"
  }
}
