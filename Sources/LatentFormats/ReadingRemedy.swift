/// What to change so that a file is read, or is read otherwise: in the file, in the model, or in how it is read.
///
/// `description` speaks of this library. A program whose users set such things by other means, as by options of a command
/// line, puts its own words in its place with `description(_:)` of the error or warning.
public enum ReadingRemedy: Hashable, Sendable, CustomStringConvertible {
  /// Leave out the columns that the model does not know: `CSVOptions.unknownColumns`.
  case ignoreUnknownColumns
  /// Give a column a name, or leave out columns without one: `CSVOptions.unknownColumns`.
  case nameOrIgnoreColumn
  /// Add a label to the states of its variable, or to the tokens for missing cells: `CSVOptions.missing`.
  case addStateOrMissingToken
  /// Add the empty text to the tokens for missing cells: `CSVOptions.missing`.
  case addEmptyMissingToken
  /// Correct a cell, or add its text to the tokens for missing cells: `CSVOptions.missing`.
  case correctOrMissingToken
  /// Read the tables of a file in this format with another parent varying fastest: `parentOrder` of `ModelFormat.read`.
  case parentOrder(ParentOrder, ModelFormat)

  /// The remedy as a clause for users of this library.
  public var description: String {
    switch self {
    case .ignoreUnknownColumns: "set unknownColumns to .ignore to leave such columns out"
    case .nameOrIgnoreColumn: "give it one, or set unknownColumns to .ignore to leave it out"
    case .addStateOrMissingToken: "add it to the model or to the missing tokens"
    case .addEmptyMissingToken: "add the empty text to the missing tokens"
    case .correctOrMissingToken: "correct it or add it to the missing tokens"
    case .parentOrder(.first, _): "the parent order .first reads them as aGrUM writes them"
    case .parentOrder(.last, _): "the parent order .last reads them otherwise"
    }
  }
}
