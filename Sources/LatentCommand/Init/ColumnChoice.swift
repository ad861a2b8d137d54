internal import Latent

/// Which columns of a table become variables, and how each was read.
struct ColumnChoice {
  /// The variables, in the order of the file.
  let variables: [Variable]
  /// The names of the other columns, weights aside.
  let leftOut: [String]
  /// All names of the file.
  let header: [String]
  /// What the model says of the cells of these variables.
  let codebook: Codebook
  /// A table for people, and what to do about the columns left out.
  let text: String
  /// Whether every variable has another state in each row, as names have, and none was asked for.
  let areNamesOnly: Bool
  private let readings: [ColumnReading]
  private let intake: ColumnIntake

  /// How many columns are listed before those with nothing to say about are passed over.
  private static let mostListed = 40

  init(_ inferred: InferredTable, _ options: ColumnOptions, _ intake: ColumnIntake, apart: [String] = [])
    throws(CommandError)
  {
    self.intake = intake
    header = inferred.csv.header
    readings = inferred.readings
    let names = readings.map(\.title)
    for name in apart where !names.contains(name) {
      let remedy = NearestName.remedy(for: name, among: names, otherwise: "the columns are \(listed(names))")
      throw CommandError(.usage, "--by and --order: there is no column '\(name)'\(remedy)")
    }
    for (name, option) in options.named { try Self.check(name, option, readings) }
    let asked = Set(options.named.map(\.name))
    let isKept = { (reading: ColumnReading) in
      (reading.isVariable || asked.contains(reading.name)) && intake.takes(reading) && !apart.contains(reading.name)
    }
    let kept = readings.filter(isKept)
    variables = kept.compactMap { inferred.schema[$0.name] }.map { inferred.schema[$0] }
    leftOut = readings.filter { !isKept($0) }.map(\.title)
    codebook = Self.codebook(inferred.codebook, of: variables)
    areNamesOnly =
      !kept.isEmpty
      && kept.allSatisfy {
        let observed = inferred.csv.table.rowCount - $0.missingCells
        return $0.kind != .measurements && $0.kind != .counts && !asked.contains($0.name) && $0.stateCount > 2
          && $0.stateCount == observed
      }
    text = Self.text(readings, intake, isKept)
  }

  private static func text(
    _ readings: [ColumnReading], _ intake: ColumnIntake, _ isKept: (ColumnReading) -> Bool
  ) -> String {
    var table = TextTable([("column", .left), ("states", .right), ("missing", .right), ("read as", .left)])
    let shown = readings.enumerated().filter { $0.offset < mostListed || !$0.element.isPlain }.map(\.element)
    for reading in shown {
      let hasNumbers = reading.kind == .measurements || reading.kind == .counts
      let hasStates = reading.stateCount > 0 && !hasNumbers
      table.append([
        reading.title, hasStates ? "\(reading.stateCount)" : "",
        hasStates || hasNumbers ? "\(reading.missingCells)" : "",
        reading.remark(isKept: isKept(reading), intake),
      ])
    }
    let rest = readings.count - shown.count
    var lines = [String(table.text.dropLast())]
    if rest > 0 { lines.append("… and \(counted(rest, "column")) of labels more") }
    if readings.contains(where: { $0.holdsNumbers }) {
      lines.append(
        "numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4")
    }
    let leftOut = readings.filter { !isKept($0) }.map(\.title)
    if !leftOut.isEmpty {
      lines.append(
        "left out: \(listed(leftOut)); \(intake.option) COLUMN keeps one, and fit passes over them with --ignore-columns"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// What is said of the cells of these variables, and of all cells.
  private static func codebook(_ all: Codebook, of variables: [Variable]) -> Codebook {
    let names = Set(variables.map(\.name))
    return Codebook(
      missing: all.missing, missingByVariable: all.missingByVariable.filter { names.contains($0.key) },
      cuts: all.cuts.filter { names.contains($0.key) })
  }

  /// Why the model has no variable of this name although the table has such a column, and what to do about it; nil for
  /// any other name.
  func reasonForAbsence(of name: String) -> String? {
    guard !variables.contains(where: { $0.name == name }), let reading = readings.first(where: { $0.name == name })
    else { return nil }
    let column = "column \(name)"
    let states = "--states \(ShellWord.quoted(name))"
    if reading.isVariable, !intake.takes(reading) {
      let remedy = reading.holdsNumbers ? "; keep it with --real \(ShellWord.quoted(name))" : ""
      return "\(column) is left out, because \(intake.reason)\(remedy)"
    }
    switch reading.kind {
    case .empty: return "every cell of \(column) is missing, so it is left out"
    case .unnamed: return "\(column) has no name and is left out"
    case .decimalCommas: return "\(column) has numbers with commas and is left out; write decimals with a point"
    case .tooManyValues:
      return "\(column) has more than 1,000 distinct values and is left out; merge some of them first"
    case .manyValues: return "\(column) looks like names or row numbers and is left out; keep it with \(states)"
    case .labels, .integers, .numbers, .measurements, .counts, .intervals:
      return "\(column) looks like measurements and is left out; keep it with --real or \(states)"
    }
  }

  private static func check(
    _ name: String, _ option: String, _ readings: [ColumnReading]
  ) throws(CommandError) {
    guard let reading = readings.first(where: { $0.name == name && !name.isEmpty }) else {
      let names = readings.map(\.title)
      let remedy = NearestName.remedy(for: name, among: names, otherwise: "the columns are \(listed(names))")
      throw CommandError(.usage, "\(option): there is no column '\(name)'\(remedy)")
    }
    switch reading.kind {
    case .tooManyValues:
      throw CommandError(
        .usage, "\(option): column \(name) has more than 1,000 distinct values; merge some of them first")
    case .empty:
      throw CommandError(
        .usage, "\(option): every cell of column \(name) is missing; add the variable and its states to the model file")
    case .labels, .integers, .numbers, .measurements, .counts, .intervals, .decimalCommas, .manyValues, .unnamed: break
    }
  }
}
