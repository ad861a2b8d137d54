/// Horizontal positions of the vertices of ordered layers: near their neighbours, and long edges straight.
///
/// The positions minimise Σ ω · (distance between the ends of a segment)² while neighbours in a layer keep apart, with the
/// ω of Gansner, Koutsofios, North and Vo (1993): 1, 2 or 8 as a segment has 0, 1 or 2 dummy ends. One layer at a time is
/// solved exactly, given the others, by pooling adjacent violators (Ayer and others, Annals of Mathematical Statistics
/// 26, 1955); layers take turns, overrelaxed. O(sweeps · segments).
struct HorizontalPlacement {
  /// The middle of each vertex.
  private(set) var centres: [Double]
  private let graph: LayeredGraph
  private let ports: Ports
  /// Per vertex: how far its middle must be from the one to its left.
  private let separations: [Double]

  private static let sweeps = 120
  private static let overrelaxation = 1.6

  init(_ graph: LayeredGraph, ports: Ports, widths: [Double]) {
    self.graph = graph
    self.ports = ports
    var separations = [Double](repeating: 0, count: widths.count)
    var centres = separations
    for layer in graph.layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        separations[right] =
          (widths[left] + widths[right]) / 2 + Spacing.beside(graph.isDummy(left), graph.isDummy(right))
        centres[right] = centres[left] + separations[right]
      }
      let middle = layer.last.map { centres[$0] / 2 } ?? 0
      for vertex in layer { centres[vertex] -= middle }
    }
    self.separations = separations
    self.centres = centres
    for layer in graph.layers.indices { settle(layer, above: true, below: false, step: 1) }
    for layer in graph.layers.indices.reversed() { settle(layer, above: false, below: true, step: 1) }
    for sweep in 0..<Self.sweeps {
      let step = sweep < Self.sweeps - 8 ? Self.overrelaxation : 1
      let order = sweep % 2 == 0 ? Array(graph.layers.indices) : graph.layers.indices.reversed()
      for layer in order { settle(layer, above: true, below: true, step: step) }
    }
    let left = zip(self.centres, widths).map { $0 - $1 / 2 }.min() ?? 0
    for vertex in self.centres.indices { self.centres[vertex] -= left }
  }

  /// Moves one layer to the best positions given its neighbours.
  private mutating func settle(_ layer: Int, above: Bool, below: Bool, step: Double) {
    // Runs of vertices that touch, each as (weight, weighted mean, length), with the separations taken out.
    var runs: [(weight: Double, position: Double, count: Int)] = []
    var offset = 0.0
    for vertex in graph.layers[layer] {
      if runs.isEmpty { offset = 0 } else { offset += separations[vertex] }
      let target = target(of: vertex, above: above, below: below)
      let position = centres[vertex] + step * (target.position - centres[vertex]) - offset
      runs.append((target.weight, position, 1))
      while runs.count > 1, runs[runs.count - 2].position > runs[runs.count - 1].position {
        let last = runs.removeLast()
        let previous = runs.removeLast()
        let weight = previous.weight + last.weight
        let position = (previous.weight * previous.position + last.weight * last.position) / weight
        runs.append((weight, position, previous.count + last.count))
      }
    }
    var index = 0
    offset = 0
    for run in runs {
      for _ in 0..<run.count {
        let vertex = graph.layers[layer][index]
        if index > 0 { offset += separations[vertex] }
        centres[vertex] = run.position + offset
        index += 1
      }
    }
  }

  /// Where the segments of a vertex pull it, and how strongly.
  private func target(of vertex: Int, above: Bool, below: Bool) -> (position: Double, weight: Double) {
    // A little inertia keeps vertices without segments on this side where they are.
    var weight = 1e-3
    var sum = weight * centres[vertex]
    if above {
      for index in graph.above[vertex] {
        let pull = pull(index)
        weight += pull
        sum += pull * (centres[graph.segments[index].upper] + ports.upper[index] - ports.lower[index])
      }
    }
    if below {
      for index in graph.below[vertex] {
        let pull = pull(index)
        weight += pull
        sum += pull * (centres[graph.segments[index].lower] + ports.lower[index] - ports.upper[index])
      }
    }
    return (sum / weight, weight)
  }

  private func pull(_ segment: Int) -> Double {
    switch (graph.isDummy(graph.segments[segment].upper), graph.isDummy(graph.segments[segment].lower)) {
    case (false, false): 1
    case (true, true): 8
    default: 2
    }
  }
}
