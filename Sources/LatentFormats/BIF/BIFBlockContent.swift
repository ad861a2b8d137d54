internal import LatentData
internal import LatentModels

/// The statements of a probability block as they stand, with parent states resolved.
struct BIFBlockContent {
  /// Numbers and where their statement begins.
  struct Numbers {
    let offset: Int
    let values: [Double]
  }

  /// A row: the configuration that it is for, and where its numbers begin in `values`.
  struct Row {
    let offset: Int
    let configuration: Int
    let first: Int
  }

  private(set) var table: Numbers?
  private(set) var fallback: Numbers?
  private(set) var rows: [Row] = []
  /// The numbers of all rows, as many per row as the child has states.
  private(set) var values: [Double] = []
  private var cursor: BIFCursor
  private let width: Int
  private let child: String
  private let parents: [Parent]

  private struct Parent {
    let name: String
    let states: [String]
    let codes: [String: Int]
  }

  init(
    _ block: TableHead<PlacedName, Int>, of id: VariableID, in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) {
    cursor = BIFCursor(lexer: BIFLexer(source, at: block.content))
    width = structure.schema[id].cardinality
    child = block.child.text
    parents = structure.family(of: id).parents.map {
      let variable = structure.schema[$0]
      let codes = Dictionary(uniqueKeysWithValues: zip(variable.states, 0...))
      return Parent(name: variable.name, states: variable.states, codes: codes)
    }
    // More rows than configurations mean that one is there twice, which the caller finds; wildcards must not pile up.
    let limit = structure.family(of: id).configurations
    while rows.count <= limit {
      if try cursor.take("}") { break }
      if try cursor.take(";") { continue }
      try readStatement()
    }
    if let table, let other = fallback?.offset ?? rows.first?.offset {
      let line = source.line(of: .offset(other))
      throw cursor.error(
        at: table.offset, "\(child) has a 'table' and, in line \(line), other rows; keep one of the two")
    }
  }

  private mutating func readStatement() throws(FileError) {
    guard try !cursor.take("(") else { return try readRow() }
    let words = ["table", "default", "entry", "property"]
    let word = try cursor.keyword(words, "'table', 'default', 'property', '(' or '}'")
    let offset = cursor.lexer.start
    switch word {
    case "property":
      try cursor.lexer.skipProperty()
    case "entry":
      try cursor.expect("(", "after 'entry'")
      try readRow()
    case "table":
      guard table == nil else { throw cursor.error(at: offset, "\(child) has two tables; remove one") }
      var values: [Double] = []
      try cursor.numbers(into: &values)
      table = Numbers(offset: offset, values: values)
    default:
      guard fallback == nil else { throw cursor.error(at: offset, "\(child) has two defaults; remove one") }
      var values: [Double] = []
      try cursor.numbers(into: &values)
      try check(count: values.count, "the default", at: offset)
      fallback = Numbers(offset: offset, values: values)
    }
  }

  /// `v1, v2) p1, p2;` after its bracket; `*` stands for every state of its parent.
  private mutating func readRow() throws(FileError) {
    let offset = cursor.lexer.start
    let states = try cursor.names(upTo: ")", "a state")
    guard states.count == parents.count else {
      let names = parents.isEmpty ? "none" : parents.map(\.name).joined(separator: ", ")
      throw cursor.error(
        at: offset,
        "the row of \(child) names \(states.count) states; expected one for each of its parents (\(names))")
    }
    let first = values.count
    try cursor.numbers(into: &values)
    try check(count: values.count - first, "the row", at: offset)
    var configurations = [0]
    for (parent, state) in zip(parents, states) {
      let codes = try codes(of: state, parent)
      configurations = configurations.flatMap { base in codes.map { base * parent.states.count + $0 } }
    }
    for configuration in configurations {
      rows.append(Row(offset: offset, configuration: configuration, first: first))
    }
  }

  private func codes(of state: PlacedName, _ parent: Parent) throws(FileError) -> Range<Int> {
    if let code = parent.codes[state.text] { return code..<code + 1 }
    if state.text == "*" { return parent.states.indices }
    let known = parent.states.prefix(8).joined(separator: ", ") + (parent.states.count > 8 ? ", ..." : "")
    throw cursor.error(
      at: state.offset, "'\(state.text)' is not a state of \(parent.name) (\(known)); correct the row of \(child)")
  }

  private func check(count: Int, _ what: String, at offset: Int) throws(FileError) {
    guard count != width else { return }
    throw cursor.error(
      at: offset, "\(what) of \(child) needs \(width) probabilities, one for each state, and has \(count)")
  }
}
