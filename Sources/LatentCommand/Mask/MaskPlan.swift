internal import Latent

/// A column to be masked.
struct MaskedColumn {
  /// Its position in the file.
  let position: Int
  let goal: HidingRule.Goal
  /// What the log-odds of hiding a cell depend on.
  let terms: [MaskTerm]
}

/// Which columns of a file are masked, and how.
struct MaskPlan {
  let columns: [MaskedColumn]
  /// What stands for a missing cell in each of them.
  let missingTexts: [String]

  /// Whether the file must be read once before: a goal is about the whole column.
  var needsPass: Bool {
    columns.contains { column in
      switch column.goal {
      case .exactRate: true
      case .rate: !column.terms.isEmpty
      case .intercept: false
      }
    }
  }

  init(_ command: MaskCommand, _ records: CSVRecords) throws(CommandError) {
    let names = MaskNames(records.header, weights: command.tableOptions.weights, file: displayName(command.data))
    try names.checkWeights()
    let rates = try MaskRates(command.rate, names)
    let dependences = try MaskDependences(command.dependsOn, names)
    let masked = try Self.masked(command, names, rates, dependences)
    try dependences.check(command.mechanism, masked: masked, names)
    if let named = rates.named.keys.sorted().first(where: { !masked.contains($0) }) {
      throw CommandError(.usage, "--rate: \(names.header[named]) is not among --columns; add it there")
    }
    var columns: [MaskedColumn] = []
    var missingTexts: [String] = []
    for position in masked {
      let goal: HidingRule.Goal
      if command.mechanism == .latent {
        goal = .rate(1)
      } else if let intercept = command.intercept {
        goal = .intercept(intercept)
      } else {
        let rate = try rates.rate(of: position, names)
        goal = command.exact ? .exactRate(rate) : .rate(rate)
      }
      columns.append(MaskedColumn(position: position, goal: goal, terms: dependences.terms[position] ?? []))
      guard let text = records.missingText(position) else {
        throw CommandError(
          .usage, "--only-missing: no text stands for a missing cell of \(names.header[position]); list one")
      }
      missingTexts.append(text)
    }
    self.columns = columns
    self.missingTexts = missingTexts
  }

  /// The positions of the columns to mask, in the order of the file.
  private static func masked(
    _ command: MaskCommand, _ names: MaskNames, _ rates: MaskRates, _ dependences: MaskDependences
  ) throws(CommandError) -> [Int] {
    var masked: Set<Int> = []
    if !command.columns.isEmpty {
      for value in command.columns { masked.formUnion(try names.positions(value, option: "--columns")) }
    } else if !dependences.terms.isEmpty {
      masked = Set(dependences.terms.keys)
    } else if rates.general == nil, command.intercept == nil {
      masked = Set(rates.named.keys)
    } else {
      masked = Set(names.header.indices)
      if let weights = names.weightsPosition { masked.remove(weights) }
    }
    if let weights = names.weightsPosition, masked.contains(weights) {
      throw CommandError(
        .usage, "\(names.header[weights]) holds the weights, which no row can be without; leave it out")
    }
    return masked.sorted()
  }
}

/// The columns of a file by the names that options use.
struct MaskNames {
  let header: [String]
  let file: String
  private let weights: String?

  init(_ header: [String], weights: String?, file: String) {
    self.header = header
    self.weights = weights
    self.file = file
  }

  var weightsPosition: Int? { weights.flatMap { header.firstIndex(of: $0) } }

  func checkWeights() throws(CommandError) {
    guard let weights, !header.contains(weights) else { return }
    throw CommandError(
      .data, "\(file):1: there is no column \(weights) for the weights; the columns are \(listed(header))")
  }

  /// The position of a column.
  func position(_ name: String, option: String) throws(CommandError) -> Int {
    if let position = header.firstIndex(of: name) { return position }
    let remedy = NearestName.remedy(for: name, among: header, otherwise: "use one of them")
    throw CommandError(.usage, "\(option): '\(name)' is not a column of \(file) (\(listed(header)))\(remedy)")
  }

  /// The positions of columns with commas between their names. A name with a comma in it is given alone.
  func positions(_ value: String, option: String) throws(CommandError) -> [Int] {
    if let position = header.firstIndex(of: value) { return [position] }
    var positions: [Int] = []
    for piece in value.split(separator: ",", omittingEmptySubsequences: false) {
      positions.append(try position(trimmed(piece), option: option))
    }
    return positions
  }

  /// The longest name of a column that stands before a mark in a text, and what stands behind the mark.
  func split(_ text: String, at mark: Character) -> (position: Int, rest: String)? {
    for index in text.indices.reversed() where text[index] == mark {
      if let position = header.firstIndex(of: trimmed(text[..<index])) {
        return (position, String(text[text.index(after: index)...]))
      }
    }
    return nil
  }
}

/// A text without the spaces around it.
func trimmed(_ text: some StringProtocol) -> String {
  String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}

/// What the options of rates say.
struct MaskRates {
  /// For all columns that are not named.
  private(set) var general: Double?
  /// By the positions of columns.
  private(set) var named: [Int: Double] = [:]

  init(_ values: [String], _ names: MaskNames) throws(CommandError) {
    for value in values {
      if let (position, text) = names.split(value, at: "=") {
        guard named[position] == nil else {
          throw CommandError(.usage, "--rate: \(names.header[position]) is given twice; give it one share")
        }
        named[position] = try Self.rate(text, of: value)
      } else if let equals = value.lastIndex(of: "=") {
        _ = try names.position(trimmed(value[..<equals]), option: "--rate")
      } else {
        guard general == nil else {
          throw CommandError(.usage, "--rate: two shares for all columns; write COLUMN=SHARE for one column")
        }
        general = try Self.rate(value, of: value)
      }
    }
  }

  /// The rate of a column.
  func rate(of position: Int, _ names: MaskNames) throws(CommandError) -> Double {
    if let rate = named[position] ?? general { return rate }
    let name = names.header[position]
    throw CommandError(.usage, "--rate: there is none for \(name); add --rate \(name)=SHARE, or one for all columns")
  }

  private static func rate(_ text: String, of value: String) throws(CommandError) -> Double {
    if let rate = Evidence.number(trimmed(text)), (0...1).contains(rate) { return rate }
    throw CommandError(.usage, "--rate \(value): expected a share from 0 to 1, or COLUMN=SHARE")
  }
}
