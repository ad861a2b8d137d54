internal import LatentData

/// A column of a file while it is read.
final class FileColumn {
  /// What becomes of the cells.
  enum Use {
    /// They are codes of states; a label that is not in the table is an error.
    case states
    /// They are codes of the intervals that numbers lie in, or labels of these; anything else is an error.
    case intervals
    /// They are codes of states; a new label is a new state.
    case learning
    /// They are numbers; anything else is an error.
    case numbers
    /// They are numbers, as far as one can see: more than the labels that are learned.
    case presumedNumbers
    /// They are the weights of the rows.
    case weights
    /// They are not looked at.
    case other
  }

  let name: String
  let position: Int
  private(set) var use: Use
  /// The labels of the states by code.
  private(set) var states: [String]
  /// Where numbers are cut into the states; nil but for a column of intervals.
  let cuts: Cuts?
  /// States and missing tokens; empty for a column that holds neither.
  private(set) var labels = LabelTable()
  /// The cells as text from row `firstTextRow` on, if they are to be kept.
  private(set) var text: CSVText?
  private(set) var firstTextRow = 0
  /// Whether numbers are counts: whole, and not negative.
  var holdsCounts = false
  /// How many cells have whitespace around their label.
  var trimmedCells = 0
  /// The first cell that was read as a state which is the same number, spelt otherwise.
  private(set) var respelt: (cell: String, state: String)?
  /// The cell that ended the presumption that the cells are numbers.
  private(set) var obstacle: String?
  /// The states that are numbers.
  private var numericStates: NumericLabels
  /// The missing tokens that are numbers.
  private var numericTokens: [(value: Double, code: StateCode)] = []
  private let otherText: CSVOptions.OtherText
  private let tokens: [ResolvedToken]

  /// The most labels that are learned before a column is taken for something else than categories.
  static let mostLearnedStates = 1000

  init(
    _ name: String, position: Int, use: Use, states: [String] = [], cuts: Cuts? = nil, tokens: [ResolvedToken] = [],
    otherText: CSVOptions.OtherText
  ) {
    self.name = name
    self.position = position
    self.use = use
    self.states = states
    self.cuts = cuts
    self.otherText = otherText
    self.tokens = tokens
    numericStates = NumericLabels(states)
    switch use {
    case .states, .intervals, .learning, .numbers, .presumedNumbers:
      for (code, state) in states.enumerated() { labels.insert(state.utf8, code: StateCode(code)) }
      insertTokens()
    case .weights, .other:
      if otherText == .kept { text = CSVText() }
    }
  }

  /// Whether a number may stand in the column, if only for a missing cell.
  @inline(__always)
  func accepts(_ value: Double) -> Bool {
    value.magnitude <= RowParser.greatestNumber
      && (!holdsCounts || value >= 0 && value == value.rounded(.down) || token(value) != nil)
  }

  /// Keeps the text of a row, in place of what an unfinished attempt at the same row may have left.
  func keep(_ cell: some Sequence<UInt8>, row: Int) {
    text?.truncate(to: row - firstTextRow)
    text?.append(cell)
  }

  /// Remembers another spelling of a state or token.
  func addSpelling(_ bytes: ArraySlice<UInt8>, of code: StateCode) {
    labels.insert(bytes, code: code)
  }

  /// The code of a missing token that is this number; nil where there is none.
  func token(_ value: Double) -> StateCode? {
    numericTokens.first { $0.value == value }?.code
  }

  /// The code of the state or missing token that is the same number as a label, which is then another spelling of it.
  /// Declared states come before tokens, and tokens before states that are learned.
  func addNumber(_ label: String) -> StateCode? {
    guard let value = NumericLabels.value(of: label) else { return nil }
    let state = numericStates.code(of: value)
    guard let code = use == .states ? state ?? token(value) : token(value) ?? state else { return nil }
    labels.insert(label.utf8, code: code)
    if code >= 0, use == .learning, label.utf8.count < states[Int(code)].utf8.count { states[Int(code)] = label }
    if code >= 0, respelt == nil { respelt = (label, states[Int(code)]) }
    return code
  }

  /// Takes a label as a new state and returns its code; nil when there are too many, and from this row on the column
  /// is not one of categories but of numbers, if all labels so far are, or of something else.
  func learn(_ label: String, row: Int) -> StateCode? {
    guard states.count < Self.mostLearnedStates else {
      let areNumbers = StateOrder.number(label) != nil && states.allSatisfy { StateOrder.number($0) != nil }
      use = areNumbers ? .presumedNumbers : .other
      if StateOrder.number(label) == nil { obstacle = label }
      labels = LabelTable()
      if areNumbers { insertTokens() }
      firstTextRow = row
      if otherText == .kept { text = CSVText() }
      return nil
    }
    let code = StateCode(states.count)
    states.append(label)
    numericStates.add(label, code: code)
    labels.insert(label.utf8, code: code)
    return code
  }

  /// Gives up the presumption that the cells are numbers.
  func abandonNumbers(at cell: ArraySlice<UInt8>) {
    use = .other
    obstacle = String(validating: CellText.trimmed(cell), as: UTF8.self)
    labels = LabelTable()
  }

  private func insertTokens() {
    numericTokens = []
    for (index, token) in tokens.enumerated() where token.applies(to: name) {
      let code = StateCode(-1 - index)
      let value = NumericLabels.value(of: token.text)
      if use == .states, let value, numericStates.code(of: value) != nil { continue }
      labels.insert(token.text.utf8, code: code)
      if let value { numericTokens.append((value, code)) }
    }
  }

  /// The column as a table reports it; `earlier` holds the rows before `firstTextRow`.
  func textColumn(earlier: CSVText = CSVText()) -> CSVTextColumn {
    CSVTextColumn(name: name, position: position, cells: text.map { earlier.followed(by: $0) })
  }
}
