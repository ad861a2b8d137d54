internal import Latent

/// A model to be drawn, with what a picture says of it.
struct DrawnModel {
  let loaded: LoadedModel
  let limit: MemoryLimit
  let console: Console

  private var model: Model { loaded.model }
  private var title: String { model.name.isEmpty ? loaded.nameOfFile : model.name }

  /// What the classes of a model of classes are like; nil for any other.
  func profiles(of shown: [VariableID]) -> ClassProfileDrawing? {
    ClassProfileDrawing(model, title: title, of: shown.isEmpty ? nil : shown)
  }

  /// The network, or some of its variables, and the distribution of each, in a situation beside it; without distributions
  /// where exact inference is refused.
  func network(of shown: [VariableID], in situation: Situation?) throws -> NetworkDrawing {
    let shown = shown.isEmpty ? nil : shown
    do {
      return NetworkDrawing(
        model, title: title, distributions: try distributions(), situation: try situation.map { try drawn($0) },
        of: shown)
    } catch let error as InferenceError {
      if case .impossibleEvidence = error { throw error }
      console.note("\(displayName(loaded.path)): drawn without probabilities, since \(error)")
      return NetworkDrawing(model, title: title, distributions: DrawnDistributions(), of: shown)
    }
  }

  /// The distribution of each variable when nothing was observed; none where a table that it depends on is missing.
  private func distributions() throws -> DrawnDistributions {
    var known = Set<VariableID>()
    for id in model.structure.graph.topologicalOrder where model.table(of: id) != nil {
      if model.structure.family(of: id).parents.allSatisfy({ known.contains($0) }) { known.insert(id) }
    }
    guard !known.isEmpty else { return DrawnDistributions() }
    // What the start draws for a missing table does not matter: it changes only variables that are left out.
    var random = SplitMix64(seed: 1)
    let answers = try model.start(using: &random).allPosteriors(given: .none, limit: limit)
    return distributions(answers) { known.contains($0) }
  }

  /// The distribution of each variable in a situation.
  private func drawn(_ situation: Situation) throws -> DrawnSituation {
    let answers = try situation.network.allPosteriors(given: situation.evidence, limit: limit)
    var distributions = distributions(answers) { _ in true }
    for (id, code) in situation.evidence.states {
      distributions.states[id] = model.schema[id].states.indices.map { $0 == Int(code) ? 1 : 0 }
    }
    return DrawnSituation(
      description: EvidenceLine(situation, logProbability: 0).conditions, observed: situation.evidence.certain,
      distributions: distributions)
  }

  private func distributions(
    _ answers: BayesianNetwork.Answers, where isKnown: (VariableID) -> Bool
  ) -> DrawnDistributions {
    var distributions = DrawnDistributions()
    for id in model.schema.ids where isKnown(id) {
      let name = model.schema[id].name
      distributions.states[id] = answers.marginals[name]?.probabilities
      distributions.numbers[id] = answers.numbers[name]
    }
    return distributions
  }
}
