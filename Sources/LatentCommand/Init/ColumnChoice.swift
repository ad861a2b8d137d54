internal import Latent

/// Which columns of a table become variables, and how each was read.
struct ColumnChoice {
  /// The variables, in the order of the file.
  let variables: [Variable]
  /// The names of the other columns, weights aside.
  let leftOut: [String]
  /// All names of the file.
  let header: [String]
  /// A table for people, and what to do about the columns left out.
  let text: String

  /// How many columns are listed before those with nothing to say about are passed over.
  private static let mostListed = 40

  init(_ inferred: InferredTable, keep: [String]) throws(CommandError) {
    header = inferred.csv.header
    let readings = inferred.readings
    for name in keep { try Self.checkCanBeKept(name, readings) }
    let isKept = { (reading: ColumnReading) in reading.isVariable || keep.contains(reading.name) }
    variables = readings.filter(isKept).compactMap { inferred.schema[$0.name] }.map { inferred.schema[$0] }
    leftOut = readings.filter { !isKept($0) }.map(\.title)

    var table = TextTable([("column", .left), ("states", .right), ("missing", .right), ("read as", .left)])
    let shown = readings.enumerated().filter { $0.offset < Self.mostListed || !$0.element.isPlain }.map(\.element)
    for reading in shown {
      let known = reading.stateCount > 0 || reading.kind == .measurements
      table.append([
        reading.title, known && reading.kind != .measurements ? "\(reading.stateCount)" : "",
        known ? "\(reading.missingCells)" : "",
        reading.remark(isKept: isKept(reading)),
      ])
    }
    let rest = readings.count - shown.count
    var lines = [String(table.text.dropLast())]
    if rest > 0 { lines.append("… and \(counted(rest, "column")) of labels more") }
    if !leftOut.isEmpty {
      lines.append(
        "left out: \(listed(leftOut)); --keep COLUMN keeps one, and fit passes over them with --ignore-columns")
    }
    text = lines.joined(separator: "\n")
  }

  private static func checkCanBeKept(_ name: String, _ readings: [ColumnReading]) throws(CommandError) {
    guard let reading = readings.first(where: { $0.name == name && !name.isEmpty }) else {
      let names = readings.map(\.title)
      let remedy = NearestName.remedy(for: name, among: names, otherwise: "the columns are \(listed(names))")
      throw CommandError(.usage, "--keep: there is no column '\(name)'\(remedy)")
    }
    switch reading.kind {
    case .tooManyValues:
      throw CommandError(.usage, "--keep: column \(name) has more than 1,000 distinct values; merge some of them first")
    case .empty:
      throw CommandError(
        .usage, "--keep: every cell of column \(name) is missing; add the variable and its states to the model file")
    case .labels, .integers, .numbers, .measurements, .manyValues, .unnamed: break
    }
  }
}

extension ColumnReading {
  /// The name, or the position of a column without one.
  var title: String { name.isEmpty ? "column \(position + 1)" : name }

  /// Whether the column is taken for a variable without being asked for. Numbers with more values than a list would have
  /// are measured, and a state each would leave few rows to learn it from.
  var isVariable: Bool {
    switch kind {
    case .labels, .measurements: true
    case .integers: stateCount <= Self.mostWholeStates
    case .numbers: stateCount <= Self.mostFractionalStates
    case .manyValues, .tooManyValues, .empty, .unnamed: false
    }
  }

  /// Whether there is nothing to say about the column but its name.
  var isPlain: Bool { kind == .labels && suspectedCodes.isEmpty }

  /// How the column was read, in a few words.
  func remark(isKept: Bool) -> String {
    let reading =
      switch kind {
      case .labels: "labels"
      case .integers: isKept ? "whole numbers, as categories" : "left out, like measurements"
      case .numbers: isKept ? "numbers, as categories" : "left out, like measurements"
      case .measurements: "numbers, as measurements"
      case .manyValues: isKept ? "kept as asked" : "left out, like names or measurements"
      case .tooManyValues: "left out, more than 1,000 distinct values"
      case .empty: "left out, every cell is missing"
      case .unnamed: "left out, it has no name"
      }
    guard isKept, let code = suspectedCodes.first else { return reading }
    return reading + "; if \(code) stands for missing: --missing \(name)=\(code)"
  }
}
