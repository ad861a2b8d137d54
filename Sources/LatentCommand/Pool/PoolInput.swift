internal import Latent

/// Estimates and variances as they stand in a file, term by term.
struct PoolInput {
  /// How many completed tables there are: every term has a row for each.
  let copies: Int
  private let path: String
  /// The terms in the order in which the file names them.
  private let terms: [Term]

  private struct Term {
    let name: String
    /// The line of the first row.
    let line: Int
    var estimates: [Double] = []
    var variances: [Double] = []
  }

  /// Reads the file.
  init(_ path: String, _ console: Console) throws {
    let file = displayName(path)
    self.path = file
    let records = try CSVRecords(path)
    let columns = try ["term", "estimate", "variance"].map { try Self.column($0, of: records, file: file) }
    let others = records.header.enumerated().filter { !columns.contains($0.offset) }.map(\.element)
    if !others.isEmpty {
      console.note(
        "\(file): passed over \(others.count == 1 ? "column" : "columns") \(listed(others)); pool reads term, "
          + "estimate and variance")
    }
    var terms: [Term] = []
    var positions: [String: Int] = [:]
    while try records.next() {
      let name = try records.label(columns[0])
      guard !name.isEmpty else { throw records.error(columns[0], "the term has no name; give it one") }
      let position = positions[name] ?? terms.count
      if position == terms.count {
        positions[name] = position
        terms.append(Term(name: name, line: records.line))
      }
      terms[position].estimates.append(try Self.number(columns[1], records))
      let variance = try Self.number(columns[2], records)
      guard variance >= 0 else {
        throw records.error(columns[2], "\(variance) is not a variance; write a squared standard error")
      }
      terms[position].variances.append(variance)
    }
    for warning in records.warnings { console.note("\(file): \(warning.sentence)") }
    self.terms = terms
    copies = terms[0].estimates.count
    try checkCopies()
  }

  /// The terms pooled, in their order.
  ///
  /// - completeDegreesOfFreedom: those that the analysis of a complete table has.
  func pooled(completeDegreesOfFreedom: Double) throws -> [PooledTerm] {
    try terms.map { term in
      do {
        return PooledTerm(
          name: term.name,
          pooled: try PooledEstimate(
            of: term.estimates, variances: term.variances, completeDegreesOfFreedom: completeDegreesOfFreedom))
      } catch {
        throw CommandError(.data, "\(path): term \(term.name): \(error)")
      }
    }
  }

  private func checkCopies() throws(CommandError) {
    guard let other = terms.first(where: { $0.estimates.count != copies }) else { return }
    throw CommandError(
      .data,
      "\(path):\(other.line): term \(other.name) has \(counted(other.estimates.count, "row")) and term "
        + "\(terms[0].name) has \(copies); give every term a row for each completed table")
  }

  private static func column(_ name: String, of records: CSVRecords, file: String) throws(CommandError) -> Int {
    if let position = records.header.firstIndex(of: name) { return position }
    throw CommandError(
      .data,
      "\(file):1: there is no column \(name) (\(listed(records.header))); pool needs term, estimate and variance")
  }

  private static func number(_ column: Int, _ records: CSVRecords) throws -> Double {
    if let number = records.number(column) { return number }
    let text = try records.label(column)
    throw records.error(
      column,
      text.isEmpty ? "the cell is empty; write a number" : "'\(text)' is not a number; write decimals with a point")
  }
}
