internal import Latent

/// Evidence as options spell it.
struct EvidenceOption {
  private let schema: Schema
  /// What the model says of cells: numbers that are cut stand for their interval.
  private let codebook: Codebook
  /// The option at hand, for errors.
  var name: String
  private var states: [VariableID: StateCode] = [:]
  private var numbers: [VariableID: Double] = [:]
  private var likelihoods: [VariableID: [Double]] = [:]
  /// What is set from outside.
  private(set) var interventions: [VariableID: StateCode] = [:]

  init(_ schema: Schema, _ codebook: Codebook, name: String) {
    (self.schema, self.codebook, self.name) = (schema, codebook, name)
  }

  /// All that was stated.
  func evidence() throws -> Evidence {
    var evidence = try Evidence(states, numbers: numbers, in: schema)
    for (id, likelihood) in likelihoods {
      evidence = try evidence.adding(likelihood: likelihood, of: id, in: schema)
    }
    return evidence
  }

  /// What is observed: `A=x`, `A=x,B=1.5` or `A=x|y`. What has a comma in its name or state is given alone.
  mutating func observe(_ value: String) throws {
    for (id, text) in try assignments(value, isValue: { (try? observation($1, of: $0)) != nil }) {
      switch try observation(text, of: id) {
      case .number(let number): numbers[id] = number
      case .states(let codes) where codes.count == 1: states[id] = codes[0]
      case .states(let codes):
        likelihoods[id] = schema[id].states.indices.map { codes.contains(StateCode($0)) ? 1 : 0 }
      }
    }
  }

  /// What is set: `A=x` or `A=x,B=y`.
  mutating func set(_ value: String) throws {
    for (id, text) in try assignments(value, isValue: { codebook.code(of: $1, of: schema[$0]) != nil }) {
      guard schema[id].isCategorical else {
        throw CommandError(.usage, "\(name): \(EvidenceError.settingANumber(schema[id].name))")
      }
      interventions[id] = try code(text, of: id)
    }
  }

  /// Uncertain evidence: `A=0.8,0.2`, a number for each state.
  mutating func weigh(_ value: String) throws {
    let (id, text) = try assignment(value)
    guard schema[id].isCategorical else {
      throw CommandError(
        .usage, "\(name): \(schema[id].name) has numbers, and likelihoods are those of states; leave it out")
    }
    let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Evidence.number(trimmed($0)) }
    let likelihood = values.compactMap(\.self)
    let states = schema[id].states
    guard likelihood.count == values.count, likelihood.count == states.count, likelihood.allSatisfy({ $0 >= 0 }),
      likelihood.contains(where: { $0 > 0 })
    else {
      throw CommandError(
        .usage,
        "\(name): found '\(text)', expected \(counted(states.count, "number")) of \(schema[id].name), one for each state "
          + "(\(listed(states))), none below 0 and not all 0")
    }
    try requireNew(id)
    likelihoods[id] = likelihood
  }

  private enum Observed {
    case number(Double)
    case states([StateCode])
  }

  /// The number, or the states with bars between, that a text spells. A text that is the label of a state is that state;
  /// otherwise the longest labels are found first.
  private func observation(_ text: String, of id: VariableID) throws(CommandError) -> Observed {
    if !schema[id].isCategorical {
      guard let value = Evidence.number(text) else {
        throw CommandError(.usage, "\(name): '\(text)' is not a finite number, which \(schema[id].name) needs")
      }
      return .number(value)
    }
    let pieces = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    if let codes = codes(pieces[...], of: schema[id]) { return .states(codes) }
    // The first piece that is no state by itself is what the error is about.
    let unknown = pieces.first { codebook.code(of: $0, of: schema[id]) == nil } ?? text
    return .states([try code(unknown, of: id)])
  }

  /// The states that pieces spell with bars between, where a label may hold bars itself; nil when there are none.
  private func codes(_ pieces: ArraySlice<String>, of variable: Variable) -> [StateCode]? {
    guard !pieces.isEmpty else { return [] }
    for count in (1...pieces.count).reversed() {
      guard let code = codebook.code(of: pieces.prefix(count).joined(separator: "|"), of: variable),
        let rest = codes(pieces.dropFirst(count), of: variable)
      else { continue }
      return [code] + rest
    }
    return nil
  }

  private func code(_ label: String, of id: VariableID) throws(CommandError) -> StateCode {
    if let code = codebook.code(of: label, of: schema[id]) { return code }
    let states = schema[id].states
    let remedy = NearestName.remedy(for: label, among: states, otherwise: "use one of them")
    throw CommandError(
      .usage, "\(name): '\(label)' is not a state of \(schema[id].name) (\(listed(states)))\(remedy)")
  }

  /// The assignments of one value of an option, none of a variable that has one already.
  private func assignments(
    _ value: String, isValue: (VariableID, String) -> Bool
  ) throws -> [(id: VariableID, text: String)] {
    let isWhole = (try? assignment(value)).map { isValue($0.id, $0.text) } ?? false
    let pieces = isWhole ? [value] : value.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    var result: [(id: VariableID, text: String)] = []
    for piece in pieces {
      let next = try assignment(piece)
      guard !result.contains(where: { $0.id == next.id }) else { throw repeated(next.id) }
      try requireNew(next.id)
      result.append(next)
    }
    return result
  }

  /// `NAME=TEXT` at the first equals sign that has the name of a variable before it.
  private func assignment(_ text: String) throws(CommandError) -> (id: VariableID, text: String) {
    let equalsSigns = text.indices.filter { text[$0] == "=" }
    guard let first = equalsSigns.first else {
      throw CommandError(.usage, "\(name): found '\(text)', expected NAME=STATE")
    }
    let equalsSign = equalsSigns.first { schema[String(text[..<$0])] != nil } ?? first
    let id = try schema.variable(String(text[..<equalsSign]), option: name)
    return (id, String(text[text.index(after: equalsSign)...]))
  }

  private func requireNew(_ id: VariableID) throws(CommandError) {
    let isKnown = states[id] != nil || numbers[id] != nil || likelihoods[id] != nil || interventions[id] != nil
    if isKnown { throw repeated(id) }
  }

  private func repeated(_ id: VariableID) -> CommandError {
    let variable = schema[id]
    let remedy =
      switch (variable.isCategorical, name) {
      case (false, _): "give it one number"
      case (true, "--given"): "give it one state, or several with bars between: \(variable.name)=A|B"
      case (true, _): "say one thing of it"
      }
    return CommandError(.usage, "\(name): \(variable.name) is given twice; \(remedy)")
  }
}
