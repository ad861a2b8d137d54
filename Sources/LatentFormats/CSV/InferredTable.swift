public import LatentData

/// A table whose variables were found in the file, and how each column was read.
public struct InferredTable: Sendable {
  /// The table; its schema lists the columns that are variables, in the order of the file.
  public let csv: CSVTable
  /// One reading per column of the file, that of weights left out.
  public let readings: [ColumnReading]
  /// What a model of the table says of its cells: tokens for missing cells beside the standard ones, and cuts.
  public let codebook: Codebook

  /// The variables and states as found.
  public var schema: Schema { csv.table.schema }
}

/// How a column was read when nobody had said what it is.
public struct ColumnReading: Hashable, Sendable, CustomStringConvertible {
  /// What the column looks like.
  public enum Kind: Hashable, Sendable {
    /// Labels, read as categories.
    case labels
    /// Whole numbers, few enough to be read as categories.
    case integers
    /// Numbers that are not all whole, few enough to be read as categories.
    case numbers
    /// Numbers with more values than states would have: a variable of numbers.
    case measurements
    /// Counts, as asked.
    case counts
    /// Numbers that were cut into intervals, as asked.
    case intervals
    /// Numbers but for the commas in them: decimal commas, or commas between thousands.
    case decimalCommas
    /// A variable of the table, but with more than 50 states or with a label of its own in nearly every row: probably
    /// names or measurements, better left out of a model.
    case manyValues
    /// Not a variable of the table: more labels than are collected.
    case tooManyValues
    /// Not a variable of the table: all cells are missing.
    case empty
    /// Not a variable of the table: the column has no name.
    case unnamed
  }

  /// The name of the column.
  public let name: String
  /// Its position in the file, from 0.
  public let position: Int
  /// What the column looks like.
  public let kind: Kind
  /// The number of states, or of the distinct values of numbers; 0 for more than are collected, and for a column that is
  /// not a variable.
  public let stateCount: Int
  /// The number of missing cells; 0 for a column with too many values or without a name.
  public let missingCells: Int
  /// Values that look like codes for missing cells: numbers at an end of the range, such as −9 or 999; words such as
  /// `unknown`; what keeps a column from being one of numbers.
  public let suspectedCodes: [String]
  /// Labels that are equal but for the case of their letters, such as `yes` and `Yes`.
  public let differingInCaseOnly: [String]

  /// The most distinct values of whole numbers that are read as states.
  package static let mostWholeStates = 20
  /// The most distinct values of other numbers that are read as states.
  package static let mostFractionalStates = 10

  /// Whether numbers are measured rather than chosen from a list: there are many, and they do not number the rows.
  ///
  /// - distinct: the different values.
  /// - values: the cells in the order of the rows, NaN where one is missing.
  static func areMeasurements(_ distinct: [Double], _ values: [Double], named name: String) -> Bool {
    let areWhole = distinct.allSatisfy { $0.rounded() == $0 }
    guard distinct.count > (areWhole ? mostWholeStates : mostFractionalStates) else { return false }
    guard distinct.allSatisfy({ $0.magnitude <= RowParser.greatestNumber }) else { return false }
    return !areIdentifiers(values, named: name)
  }

  /// Whether numbers tell rows apart and measure nothing: they number the rows, or are whole, all different and named so.
  static func areIdentifiers(_ values: [Double], named name: String) -> Bool {
    guard values.allSatisfy({ $0.rounded() == $0 || $0.isNaN }) else { return false }
    if zip(values, values.dropFirst()).allSatisfy({ $1 == $0 + 1 }) { return true }
    let observed = values.filter { !$0.isNaN }
    return isIdentifier(name) && Set(observed).count == observed.count
  }

  /// Whether a name says identifier: `id`, `patient_id`, `patientID`, `row`.
  private static func isIdentifier(_ name: String) -> Bool {
    let words: Set = ["id", "ids", "uuid", "guid", "identifier"]
    let lowercased = name.lowercased()
    if ["index", "row", "rowid", "key", "nr", "no", "case", "unnamed: 0"].contains(lowercased) { return true }
    let parts = lowercased.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.contains(parts.first ?? "") || words.contains(parts.last ?? "")
      || ["Id", "ID"].contains(where: name.hasSuffix) && name.dropLast(2).last?.isLowercase == true
  }

  /// The most states of a column that is taken for one of categories without a second thought.
  static let mostLikelyStates = 50

  /// One sentence for a person.
  public var description: String {
    let missing = missingCells == 0 ? "no cell missing" : "\(CellText.count(missingCells, "cell")) missing"
    let states = CellText.count(stateCount, "state")
    let values = CellText.count(stateCount, "distinct value")
    let reading =
      switch kind {
      case .labels: "column \(name): \(states), \(missing)"
      case .integers: "column \(name): whole numbers with \(values), read as categories, \(missing)"
      case .numbers: "column \(name): numbers with \(values), read as categories, \(missing)"
      case .measurements:
        stateCount > 0
          ? "column \(name): numbers with \(values), read as measurements, \(missing)"
          : "column \(name): numbers, read as measurements, \(missing)"
      case .counts: "column \(name): counts, \(missing)"
      case .intervals: "column \(name): numbers cut into \(CellText.count(stateCount, "interval")), \(missing)"
      case .decimalCommas: "column \(name): numbers with commas; write decimals with a point"
      case .manyValues:
        "column \(name): \(values), probably names or measurements rather than categories, \(missing)"
      case .tooManyValues:
        "column \(name): more than \(FileColumn.mostLearnedStates) distinct values, names or measurements, left out"
      case .empty: "column \(name): every cell is missing, left out"
      case .unnamed: "column \(position + 1) has no name, left out"
      }
    guard !suspectedCodes.isEmpty else { return reading }
    let codes = suspectedCodes.joined(separator: ", ")
    return reading
      + "; \(codes) may stand for missing cells, say so with the missing token '\(name)=\(suspectedCodes[0])'"
  }
}
