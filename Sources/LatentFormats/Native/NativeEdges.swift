internal import LatentData
internal import LatentModels

/// The edges of a document.
struct NativeEdges {
  /// The parents of each variable, in schema order of their children.
  var parents: [[VariableID]] { edges.parents }
  /// The parents at the previous step, of the variables that have any.
  var lags: [VariableID: [VariableID]] { edges.lags }
  private let source: SourceText
  private var edges: EdgeList

  init(schema: Schema, blocks: [Block], latent: Set<VariableID>, source: SourceText) {
    self.source = source
    edges = EdgeList(schema: schema, blocks: blocks, latent: latent, remedy: "add it under 'variables'")
  }

  /// The parents of a variable in the order of its edges, with what tells those of the previous step.
  func edges(into child: VariableID) -> [(parent: VariableID, isEarlier: Bool)] { edges.edges(into: child) }

  mutating func read(_ node: DocumentNode) throws(FileError) {
    guard case .list(let nodes) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected a list of edges such as '- a -> b'")
    }
    for node in nodes {
      guard case .scalar(let scalar) = node.content else {
        throw source.error(at: node.place, "found \(node.kind), expected an edge such as 'a -> b'; quote it in a list")
      }
      do { try edges.add(scalar.text) } catch { throw source.error(at: node.place, error.description) }
    }
  }
}
