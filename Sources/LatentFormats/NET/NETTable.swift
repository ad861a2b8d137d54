internal import LatentData
internal import LatentModels

/// The content of one potential: its numbers as they stand, and how they are nested.
struct NETTable {
  private(set) var values: [Double] = []
  /// The number of entries of each level of brackets, the outermost first; empty for a potential without data.
  private(set) var lengths: [Int] = []
  /// Where the numbers begin.
  private(set) var start: Int
  /// Comments and attributes other than the numbers.
  private(set) var annotations: [String] = []
  /// Whether the file has no numbers.
  var isAssumed: Bool { lengths.isEmpty }

  private var cursor: NETCursor
  private let name: String

  init(
    _ head: TableHead<PlacedName, Int>, of id: VariableID, in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) {
    cursor = NETCursor(lexer: NETLexer(source, at: head.content))
    name = head.child.text
    start = head.child.offset
    var attributes: [String] = []
    var isExpression = false
    while try !cursor.take("}") {
      let key = try cursor.key()
      if key.text == "data" {
        guard lengths.isEmpty else { throw cursor.error(at: key.offset, "\(name) has two lists of data; remove one") }
        try readData()
      } else {
        isExpression = isExpression || key.text == "model_data"
        attributes.append(try cursor.attribute(key))
      }
    }
    var count = 0
    annotations = cursor.newComments(after: &count) + attributes
    let cells = structure.family(of: id).parameters.count
    if isAssumed {
      if isExpression {
        throw cursor.error(
          at: start, "the potential of \(name) has expressions and no numbers; let Hugin generate its table first")
      }
      values = [Double](repeating: 1 / Double(structure.schema[id].cardinality), count: cells)
    } else if values.count != cells {
      throw cursor.error(at: start, "the data of \(name) need \(cells) probabilities, and have \(values.count)")
    }
  }

  /// `((0.1 0.9) (0.2 0.8));`, all groups of a level with equally many entries.
  private mutating func readData() throws(FileError) {
    let opening = try cursor.lexer.next()
    start = cursor.lexer.start
    if case .word(let range) = opening, cursor.source.bytes[range].elementsEqual("normal".utf8) {
      throw cursor.error(at: start, "\(name) has a normal distribution; only discrete nodes can be read")
    }
    guard opening == .punctuation(UInt8(ascii: "(")) else { throw cursor.unexpected(opening, "'(' before the data") }
    var nesting = NETNesting()
    nesting.open()
    while nesting.depth > 0 {
      let token = try cursor.lexer.next()
      let flaw: String?
      switch token {
      case .punctuation(UInt8(ascii: "(")): flaw = nesting.open()
      case .punctuation(UInt8(ascii: ")")): flaw = nesting.close()
      default:
        values.append(try cursor.probability(token, "a probability, '(' or ')'"))
        flaw = nesting.add()
      }
      if let flaw { throw cursor.error(at: cursor.lexer.start, "in the data of \(name), \(flaw)") }
    }
    lengths = nesting.lengths
    try cursor.expect(";", "after the data")
  }
}
