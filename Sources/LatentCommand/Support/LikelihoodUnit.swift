internal import Latent

/// What a likelihood of observed cells is: a probability, or a density, which depends on the units of the columns.
enum LikelihoodUnit {
  case probability
  case density

  /// - unobserved: the variables that no row observes.
  init(_ schema: Schema, isUnobserved: (VariableID) -> Bool) {
    self = schema.ids.contains { schema[$0].domain == .real && !isUnobserved($0) } ? .density : .probability
  }

  /// What stands behind a number that was made from a likelihood.
  var suffix: String {
    switch self {
    case .probability: ""
    case .density: ", of a density"
    }
  }

  /// The value of `of_a_density` in JSON.
  var json: JSONValue { .flag(self == .density) }
}
