internal import Latent

/// Which variables a new model takes in.
enum ColumnIntake {
  case all
  /// Real numbers, which the template puts into one block.
  case realNumbers

  /// Why another variable is left out.
  var reason: String { "the template takes real numbers" }

  /// What takes in a column that was left out.
  var option: String {
    switch self {
    case .all: "--states"
    case .realNumbers: "--real"
    }
  }

  /// Whether a model takes in a column that was read so.
  func takes(_ reading: ColumnReading) -> Bool {
    switch self {
    case .all: true
    case .realNumbers: reading.kind == .measurements
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
    case .labels, .measurements, .counts, .intervals: true
    case .integers: stateCount <= Self.mostWholeStates
    case .numbers: stateCount <= Self.mostFractionalStates
    case .manyValues, .tooManyValues, .decimalCommas, .empty, .unnamed: false
    }
  }

  /// Whether there is nothing to say about the column but its name.
  var isPlain: Bool { kind == .labels && suspectedCodes.isEmpty && differingInCaseOnly.isEmpty }

  /// Whether the column holds numbers that could be read in another way.
  var holdsNumbers: Bool {
    switch kind {
    case .integers, .numbers, .measurements, .counts, .intervals: true
    case .labels, .manyValues, .tooManyValues, .decimalCommas, .empty, .unnamed: false
    }
  }

  /// How the column was read, in a few words, and what looks odd about it.
  func remark(isKept: Bool, _ intake: ColumnIntake) -> String {
    if !isKept, isVariable { return "\(keptAs); left out, \(intake.reason)" }
    let reading = isKept ? keptAs : "left out, \(reasonToLeaveOut)"
    guard isKept || kind == .tooManyValues || kind == .manyValues else { return reading }
    return reading + doubts.map { "; \($0)" }.joined()
  }

  private var keptAs: String {
    switch kind {
    case .labels: "labels"
    case .integers: "whole numbers, as categories"
    case .numbers: "numbers, as categories"
    case .measurements: "numbers, as measurements"
    case .counts: "whole numbers, as counts"
    case .intervals: "numbers, cut into intervals"
    case .manyValues, .tooManyValues, .decimalCommas, .empty, .unnamed: "kept as asked"
    }
  }

  /// Why the column is not a variable.
  var reasonToLeaveOut: String {
    switch kind {
    case .labels, .integers, .numbers, .measurements, .counts, .intervals: "like measurements"
    case .manyValues: "like names or row numbers"
    case .tooManyValues: "more than 1,000 distinct values"
    case .decimalCommas: "numbers with commas; write decimals with a point"
    case .empty: "every cell is missing"
    case .unnamed: "it has no name"
    }
  }

  private var doubts: [String] {
    var doubts: [String] = []
    let codes = suspectedCodes.filter { !$0.contains(",") }
    if !codes.isEmpty {
      let option = ShellWord.quoted("\(name)=\(codes.joined(separator: ","))")
      let list = codes.map { $0.isEmpty ? "nothing" : $0 }.joined(separator: " and ")
      doubts.append("if \(list) \(codes.count == 1 ? "stands" : "stand") for missing: --missing \(option)")
    }
    if !differingInCaseOnly.isEmpty {
      doubts.append("\(differingInCaseOnly.joined(separator: " and ")) differ in case only")
    }
    return doubts
  }
}
