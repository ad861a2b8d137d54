public import LatentData

/// How a table of text is read.
public struct CSVOptions: Hashable, Sendable {
  /// Which cells are missing.
  public var missing: MissingTokens
  /// What the model says of the cells. Readers that are given a `Model` take its own in place of this one.
  public var codebook: Codebook
  /// The column that holds the weight of each row, if there is one.
  public var weightsColumn: String?
  /// The columns that make sequences of the rows, which are kept as text; nil where rows are independent.
  public var sequence: SequenceColumns?
  /// What to do with a column that the schema does not know; of no concern where the schema is inferred.
  public var unknownColumns: UnknownColumns
  /// Whether the text of columns that are not variables is kept.
  public var otherText: OtherText

  /// What columns become whatever they look like, by their names; of concern where the schema is inferred.
  public var columnTypes: [String: ColumnType]

  /// What a column becomes whose variable is not known yet.
  public enum ColumnType: Hashable, Sendable {
    /// A variable whose states are the values found.
    case states
    /// A variable of numbers; a cell that is none is an error.
    case real
    /// A variable of counts; a cell that is no whole number from 0 is an error.
    case count
    /// A variable whose states are intervals that numbers are cut into; a cell that is no number is an error.
    case intervals(Binning)
  }

  /// A column that the schema does not know.
  public enum UnknownColumns: Hashable, Sendable {
    /// It is an error that names the column.
    case refuse
    /// It is listed in `CSVTable.ignoredColumns`.
    case ignore
  }

  /// The cells of ignored columns and of the column of weights.
  public enum OtherText: Hashable, Sendable {
    /// They are let go as they are read.
    case dropped
    /// They are kept as text, so that a command can pass them on.
    case kept
  }

  /// Options; those that are not given are the usual ones.
  public init(
    missing: MissingTokens = MissingTokens(), codebook: Codebook = Codebook(), weightsColumn: String? = nil,
    unknownColumns: UnknownColumns = .refuse, otherText: OtherText = .dropped,
    columnTypes: [String: ColumnType] = [:], sequence: SequenceColumns? = nil
  ) {
    self.missing = missing
    self.codebook = codebook
    self.weightsColumn = weightsColumn
    self.unknownColumns = unknownColumns
    self.otherText = otherText
    self.columnTypes = columnTypes
    self.sequence = sequence
  }
}

/// What stands between the cells of a row.
public enum CSVDelimiter: UInt8, Hashable, Sendable, CaseIterable {
  /// `,`
  case comma = 0x2C
  /// The tabulator.
  case tab = 0x09
  /// `;`
  case semicolon = 0x3B
}
