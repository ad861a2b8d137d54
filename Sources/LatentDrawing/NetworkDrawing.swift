public import LatentData
public import LatentModels

/// A network as a picture: boxes with the states of each variable and how probable they are, parents above children.
public struct NetworkDrawing: Sendable {
  let model: Model
  let title: String
  let marginals: [VariableID: [Double]]
  /// By variable, the rows of its table for which there are no data.
  let unseen: [VariableID: [Int]]

  /// Prepares the drawing of a model.
  ///
  /// - title: what stands above the drawing.
  /// - marginals: the distribution of each variable over its states; variables without one get no bars.
  public init(_ model: Model, title: String, marginals: [VariableID: [Double]] = [:]) {
    for (id, marginal) in marginals {
      precondition(marginal.count == model.schema[id].states.count, "one probability per state")
    }
    self.model = model
    self.title = title
    self.marginals = marginals
    unseen = model.unseenConfigurations
  }

  /// The picture as an SVG document, complete in itself: no scripts, no fonts, nothing from elsewhere.
  ///
  /// Rows of tables without data are marked, and so are the boxes of their variables.
  ///
  /// Latent variables have a dashed outline, fixed ones a double one. Each box and each line has a tooltip; that of a box
  /// holds the conditional probability table. Small networks have all their tables printed below.
  ///
  /// The layout takes time about linear in the lengths of all edges, times the logarithm of their number, plus
  /// O(variables · edges) for the ranks.
  public var svg: String { SVGPicture(self).text }

  /// The network for Graphviz, a `digraph` with the same boxes; `dot -Tsvg` draws it. Linear in its size.
  public var dot: String { DOTGraph(self).text }

  var cards: [NodeCard] {
    model.schema.ids.map { NodeCard($0, of: model, marginal: marginals[$0], unseen: unseen[$0]?.count ?? 0) }
  }

  /// All edges, child by child.
  var edges: [Edge] {
    model.structure.families.flatMap { family in
      family.parents.map { Edge(from: $0.index, to: family.child.index) }
    }
  }

  /// `8 variables, 8 edges`.
  var summary: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    return "\(counted(model.schema.count, "variable")), \(counted(edges.count, "edge"))"
  }
}
