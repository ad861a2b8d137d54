public import LatentData
internal import LatentInference
public import LatentModels

/// A network as a picture: boxes with the states of each variable and how probable they are, parents above children.
public struct NetworkDrawing: Sendable {
  let model: Model
  let title: String
  let distributions: DrawnDistributions
  let situation: DrawnSituation?
  /// By variable, the rows of its table for which there are no data.
  let unseen: [VariableID: [Int]]
  let vertices: [DrawnVertex]

  /// Prepares the drawing of a model.
  ///
  /// - title: what stands above the drawing.
  /// - marginals: the distribution of each variable over its states; variables without one get no bars.
  public init(_ model: Model, title: String, marginals: [VariableID: [Double]] = [:]) {
    self.init(model, title: title, distributions: DrawnDistributions(states: marginals))
  }

  /// Prepares the drawing of a model.
  ///
  /// - Parameters:
  ///   - title: what stands above the drawing.
  ///   - distributions: what is known of each variable when nothing was observed.
  ///   - situation: a situation to draw beside it.
  ///   - shown: the variables to draw; all of them unless given.
  public init(
    _ model: Model, title: String, distributions: DrawnDistributions, situation: DrawnSituation? = nil,
    of shown: [VariableID]? = nil
  ) {
    for (id, marginal) in distributions.states {
      precondition(marginal.count == model.schema[id].states.count, "one probability per state")
    }
    self.model = model
    self.title = title
    self.distributions = distributions
    self.situation = situation
    unseen = model.unseenConfigurations
    vertices = DrawnVertex.all(
      of: model, among: shown ?? model.schema.ids, apart: situation?.observed ?? [])
  }

  /// The picture as an SVG document, complete in itself: no scripts, no fonts, nothing from elsewhere.
  ///
  /// Rows of tables without data are marked, and so are the boxes of their variables. Ordered variables of many states are
  /// columns, numbers are curves, and many leaves that are alike share one box.
  ///
  /// Latent variables have a dashed outline, fixed ones a double one. Each box and each line has a tooltip; that of a box
  /// holds the conditional probability table. Small networks have all their tables printed below.
  ///
  /// The layout takes time about linear in the lengths of all edges, times the logarithm of their number, plus
  /// O(variables · edges) for the ranks.
  public var svg: String { SVGPicture(self).text }

  /// The network for Graphviz, a `digraph` with the same boxes; `dot -Tsvg` draws it. Linear in its size.
  public var dot: String { DOTGraph(self).text }

  /// The boxes; those for Graphviz have rows in place of figures.
  func cards(_ medium: NodeCard.Medium) -> [NodeCard] { vertices.map { NodeCard($0, of: self, medium) } }

  /// How a distribution is drawn: alone, or as one of two.
  struct Style {
    let columns: String
    let curve: String

    static let plain = Style(columns: "bar", curve: "curve")
    static let before = Style(columns: "before", curve: "past")
  }

  /// What is known of a variable: without the situation and, where one is drawn, in it.
  func distributions<Value>(
    of kind: KeyPath<DrawnDistributions, [VariableID: Value]>, _ id: VariableID
  ) -> [(value: Value, style: Style)] {
    let prior = distributions[keyPath: kind][id]
    guard let situation else { return prior.map { [($0, .plain)] } ?? [] }
    let posterior = situation.distributions[keyPath: kind][id]
    return (prior.map { [($0, .before)] } ?? []) + (posterior.map { [($0, .plain)] } ?? [])
  }

  /// The pairs of the columns of each block that is drawn; beside a situation they would be read as its answers.
  var pairs: [PairsPanel] {
    guard situation == nil else { return [] }
    return vertices.filter { $0.kind == .block }.compactMap { vertex in
      guard let table = model.table(of: vertex.members[0]) else { return nil }
      return PairsPanel(
        table, (0..<table.rowCount).map { ClassMark(table.parentStates(ofRow: $0).joined(separator: ", "), index: $0) })
    }
  }

  /// What stands in the tooltip of a box.
  func tooltip(of vertex: DrawnVertex) -> String {
    guard vertex.kind != .plate else {
      return vertex.members.map { model.schema[$0].name }.joined(separator: ", ")
    }
    return TableText(model: model, id: vertex.members[0], unseen: unseen[vertex.members[0]] ?? []).tooltip
  }

  /// All edges between boxes, child by child.
  var edges: [Edge] {
    var boxes: [VariableID: Int] = [:]
    for (index, vertex) in vertices.enumerated() { for id in vertex.members { boxes[id] = index } }
    return vertices.enumerated().flatMap { index, vertex in
      model.structure.family(of: vertex.members[0]).parents.compactMap { parent in
        boxes[parent].map { Edge(from: $0, to: index) }
      }
    }
  }

  /// `8 variables, 8 edges`.
  var summary: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    let (variables, all) = (vertices.reduce(0) { $0 + $1.members.count }, model.schema.count)
    let edges = self.edges.reduce(0) { $0 + (vertices[$1.to].kind == .plate ? vertices[$1.to].members.count : 1) }
    let size = variables == all ? counted(all, "variable") : "\(variables) of \(counted(all, "variable"))"
    return "\(size), \(counted(edges, "edge"))"
  }
}
