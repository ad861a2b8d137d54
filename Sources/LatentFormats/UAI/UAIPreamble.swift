internal import LatentData

/// What stands before the tables of a UAI file: the numbers of states and the scopes.
struct UAIPreamble {
  /// The scope of a factor.
  struct Factor {
    /// Where it begins.
    let offset: Int
    let parents: [VariableID]
  }

  /// The number of states of each variable.
  private(set) var cardinalities: [Int] = []
  /// The factor of each variable.
  private(set) var factors: [Factor] = []
  /// The children of the factors, in the order of the file.
  private(set) var children: [VariableID] = []
  /// The names of the variables, where a comment behind each scope names its child, as aGrUM writes them; otherwise empty.
  private(set) var names: [String] = []
  /// The comments that those names are from.
  private(set) var signature: Set<Range<Int>> = []

  /// The parents of each variable.
  var parents: [[VariableID]] { factors.map(\.parents) }

  /// Reads up to the first table; linear in the length of the file whatever numbers stand in it.
  init(_ cursor: inout UAICursor) throws(FileError) {
    try Self.readType(&cursor)
    let count = try cursor.count("the number of variables")
    try readCardinalities(count, &cursor)
    let factorCount = try cursor.count("the number of factors")
    guard factorCount == count else {
      throw cursor.error(
        at: cursor.lexer.start,
        "the file has \(count) variables and \(factorCount) factors; "
          + "a Bayesian network has one factor for each variable")
    }
    try readScopes(&cursor)
  }

  private static func readType(_ cursor: inout UAICursor) throws(FileError) {
    let token = try cursor.lexer.next()
    guard case .word(let range) = token else {
      throw cursor.error(at: 0, "the file is empty; expected 'BAYES' and a network")
    }
    if cursor.source.bytes[range].elementsEqual("MARKOV".utf8) {
      throw cursor.error(
        at: range.lowerBound,
        "this is a Markov network, whose factors are no conditional probabilities; only 'BAYES' can be read")
    }
    guard cursor.source.bytes[range].elementsEqual("BAYES".utf8) else {
      let error = cursor.unexpected(token, "'BAYES'")
      throw cursor.error(at: range.lowerBound, "this is not a UAI file: \(error.message)")
    }
  }

  private mutating func readCardinalities(_ count: Int, _ cursor: inout UAICursor) throws(FileError) {
    var states = 0
    while cardinalities.count < count {
      let cardinality = try cursor.count("the number of states of variable \(cardinalities.count)")
      guard cardinality > 0 else {
        throw cursor.error(
          at: cursor.lexer.start, "variable \(cardinalities.count) has no states; a variable has at least one")
      }
      let (sum, overflow) = states.addingReportingOverflow(cardinality)
      guard !overflow, sum <= cursor.source.bytes.count else {
        throw cursor.error(
          at: cursor.lexer.start,
          "variable \(cardinalities.count) has \(cardinality) states, "
            + "and the file is too short for a probability of each")
      }
      states = sum
      cardinalities.append(cardinality)
    }
  }

  private mutating func readScopes(_ cursor: inout UAICursor) throws(FileError) {
    var factors = [Factor?](repeating: nil, count: cardinalities.count)
    var names = [String](repeating: "", count: cardinalities.count)
    for number in cardinalities.indices {
      let scope = try readScope(number, &cursor)
      let (child, offset) = (scope.child, scope.factor.offset)
      if let first = factors[child.index] {
        let line = cursor.source.line(of: .offset(first.offset))
        throw cursor.error(
          at: offset,
          "variable \(child.index) is the last of two scopes, the first in line \(line); each scope ends with its child, "
            + "and each variable is the child of one")
      }
      factors[child.index] = scope.factor
      children.append(child)
      if let comment = cursor.lexer.lineComment() {
        signature.insert(comment)
        names[child.index] = Self.name(in: cursor.source.bytes[comment]) ?? ""
      }
    }
    self.factors = factors.compactMap { $0 }
    if signature.count == names.count, !names.contains(""), Set(names).count == names.count {
      self.names = names
    } else {
      signature = []
    }
  }

  private func readScope(
    _ number: Int, _ cursor: inout UAICursor
  ) throws(FileError) -> (child: VariableID, factor: Factor) {
    let count = try cursor.count("the number of variables of factor \(number)")
    let offset = cursor.lexer.start
    guard 1...max(cardinalities.count, 1) ~= count else {
      throw cursor.error(
        at: offset,
        "factor \(number) is over \(count) of \(cardinalities.count) variables; expected its parents and its child")
    }
    var scope: [VariableID] = []
    var seen = Set<Int>()
    while scope.count < count {
      let index = try cursor.count("a variable of factor \(number)")
      guard cardinalities.indices.contains(index) else {
        throw cursor.error(
          at: cursor.lexer.start,
          "there is no variable \(index); they are numbered from 0 to \(cardinalities.count - 1)")
      }
      guard seen.insert(index).inserted else {
        throw cursor.error(
          at: cursor.lexer.start, "variable \(index) is listed twice in the scope of factor \(number); list it once")
      }
      scope.append(VariableID(index))
    }
    return (scope[count - 1], Factor(offset: offset, parents: Array(scope.dropLast())))
  }

  /// The name in a comment; nil where there is none.
  private static func name(in comment: ArraySlice<UInt8>) -> String? {
    let whitespace = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    var bytes = comment.dropFirst().drop { whitespace.contains($0) }
    while let last = bytes.last, whitespace.contains(last) { bytes.removeLast() }
    return String(validating: bytes, as: UTF8.self).map(UAI.commentable.decode)
  }
}
