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

  /// All of a value if it makes sense as a whole, otherwise what stands between its commas, without spaces around.
  private func pieces(_ value: String, isWhole: (String) -> Bool) -> [String] {
    if isWhole(value) { return [value] }
    return value.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
  }
}

/// A text without spaces around it.
func trimmed(_ text: Substring) -> String {
  String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}
