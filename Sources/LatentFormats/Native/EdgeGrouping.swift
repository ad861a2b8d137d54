internal import LatentData
internal import LatentModels

/// Writes edges by parent, as few lines as a simple rule finds, so that reading them gives every variable its parents
/// in the same order.
enum EdgeGrouping {
  /// Lines such as `a -> b`, `a -> [b, c]`, and `a -> *` where three or more children are all that the star stands for.
  ///
  /// A parent is ready for a child when the child's earlier parents are written. The parent that is written next is
  /// the first that is ready for all its remaining children, or else the first that is ready for one.
  static func texts(of model: Model) -> [String] {
    let structure = model.structure
    var written = [Int](repeating: 0, count: structure.schema.count)
    var waiting = structure.graph.children
    var texts: [String] = []
    func isReady(_ parent: Int, for child: VariableID) -> Bool {
      structure.family(of: child).parents[written[child.index]].index == parent
    }
    while true {
      let left = waiting.indices.filter { !waiting[$0].isEmpty }
      let complete = left.first { parent in waiting[parent].allSatisfy { isReady(parent, for: $0) } }
      let partial = left.first { parent in waiting[parent].contains { isReady(parent, for: $0) } }
      guard let parent = complete ?? partial else { return texts + earlier(structure) }
      let ready = waiting[parent].filter { isReady(parent, for: $0) }
      waiting[parent].removeAll { ready.contains($0) }
      for child in ready { written[child.index] += 1 }
      texts.append(text(VariableID(parent), ready, model))
    }
  }

  /// The edges from the previous step.
  private static func earlier(_ structure: NetworkStructure) -> [String] {
    structure.families.flatMap { family in
      family.lags.map {
        "\(EdgeText.spelling(of: structure.schema[$0].name))[t-1] -> \(EdgeText.spelling(of: family.name))"
      }
    }
  }

  private static func text(_ parent: VariableID, _ children: [VariableID], _ model: Model) -> String {
    // A block is named once, by itself.
    let families = children.map { model.structure.familyIndex(of: $0) }
    let names = families.indices.filter { families.firstIndex(of: families[$0]) == $0 }
      .map { EdgeText.spelling(of: model.structure.families[families[$0]].name) }
    let list =
      if names.count > 2, children == EdgeList.starred(parent, model.schema, latent: model.latent) {
        "*"
      } else {
        names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
      }
    return "\(EdgeText.spelling(of: model.schema[parent].name)) -> \(list)"
  }
}
