internal import Latent

extension Schema {
  /// The variable that an option names.
  func variable(_ name: String, option: String) throws(CommandError) -> VariableID {
    if let id = self[name] { return id }
    let names = variables.map(\.name)
    let remedy = NearestName.remedy(for: name, among: names, otherwise: "use one of them")
    throw CommandError(.usage, "\(option): '\(name)' is not a variable of the model (\(listed(names)))\(remedy)")
  }

  /// The variables that the values of a repeatable option name: `A`, or `A,B`. A name with a comma in it is given alone.
  func variables(_ values: [String], option: String) throws(CommandError) -> [VariableID] {
    var ids: [VariableID] = []
    for value in values {
      for name in names(value) {
        let id = try variable(name, option: option)
        guard !ids.contains(id) else {
          throw CommandError(.usage, "\(option): \(name) is named twice; name it once")
        }
        ids.append(id)
      }
    }
    return ids
  }

  /// The names in one value of such an option.
  func names(_ value: String) -> [String] { pieces(value) { self[$0] != nil } }

  /// The evidence that the values of a repeatable option state: `A=x`, or `A=x,B=1.5`. What has a comma in its name or
  /// state is given alone.
  func evidence(_ values: [String], option: String) throws -> Evidence {
    var states: [VariableID: StateCode] = [:]
    var numbers: [VariableID: Double] = [:]
    for value in values {
      for piece in pieces(value, isWhole: { (try? assignment($0, option: option)) != nil }) {
        let (id, cell) = try assignment(piece, option: option)
        guard states[id] == nil, numbers[id] == nil else {
          throw CommandError(
            .usage,
            "\(option): \(self[id].name) is given twice; give it one \(self[id].isCategorical ? "state" : "number")")
        }
        switch cell {
        case .missing: break
        case .state(let code): states[id] = code
        case .real(let value): numbers[id] = value
        }
      }
    }
    return try Evidence(states, numbers: numbers, in: self)
  }

  /// `NAME=STATE` or `NAME=NUMBER` at the first equals sign that has the name of a variable before it.
  private func assignment(_ text: String, option: String) throws(CommandError) -> (VariableID, Cell) {
    let equalsSigns = text.indices.filter { text[$0] == "=" }
    guard let first = equalsSigns.first else {
      throw CommandError(.usage, "\(option): found '\(text)', expected NAME=STATE")
    }
    let equalsSign = equalsSigns.first { self[String(text[..<$0])] != nil } ?? first
    let id = try variable(String(text[..<equalsSign]), option: option)
    let label = String(text[text.index(after: equalsSign)...])
    if case .real = self[id].domain {
      guard let value = Evidence.number(label) else {
        throw CommandError(.usage, "\(option): '\(label)' is not a finite number, which \(self[id].name) needs")
      }
      return (id, .real(value))
    }
    guard let state = self[id].code(of: label) else {
      let states = self[id].states
      let remedy = NearestName.remedy(for: label, among: states, otherwise: "use one of them")
      throw CommandError(
        .usage, "\(option): '\(label)' is not a state of \(self[id].name) (\(listed(states)))\(remedy)")
    }
    return (id, .state(state))
  }

  /// All of a value if it makes sense as a whole, otherwise what stands between its commas, without spaces around.
  private func pieces(_ value: String, isWhole: (String) -> Bool) -> [String] {
    if isWhole(value) { return [value] }
    return value.split(separator: ",", omittingEmptySubsequences: false).map { piece in
      String(piece.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
