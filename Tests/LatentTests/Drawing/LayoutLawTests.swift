import Latent
import Testing

@testable import LatentDrawing

@Suite struct LayoutLawTests {
  @Test(arguments: DrawingProblem.all) func everyEdgeLeadsDownwards(_ problem: DrawingProblem) {
    let layout = problem.layout
    for edge in problem.edges { #expect(layout.boxes[edge.to].top >= layout.boxes[edge.from].bottom + 30) }
    for route in layout.routes {
      let heights = [route.start.y] + route.curves.flatMap { [$0.control1.y, $0.control2.y, $0.end.y] }
      #expect(zip(heights, heights.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
    }
  }

  @Test(arguments: DrawingProblem.all) func boxesKeepTheirSizesAndStandApart(_ problem: DrawingProblem) {
    let layout = problem.layout
    #expect(layout.boxes.map(\.extent) == problem.sizes)
    for (index, a) in layout.boxes.enumerated() {
      #expect(a.left >= -1e-6 && a.top >= -1e-6)
      #expect(a.right <= layout.extent.width + 1e-6 && a.bottom <= layout.extent.height + 1e-6)
      let near = layout.boxes[..<index].filter { b in
        !(a.right + 15 < b.left || b.right + 15 < a.left || a.bottom + 15 < b.top || b.bottom + 15 < a.top)
      }
      #expect(near.isEmpty, "\(a)")
    }
  }

  @Test(arguments: DrawingProblem.all) func linesJoinTheirBoxes(_ problem: DrawingProblem) throws {
    let layout = problem.layout
    #expect(layout.routes.count == problem.edges.count)
    for (edge, route) in zip(problem.edges, layout.routes) {
      let (from, to) = (layout.boxes[edge.from], layout.boxes[edge.to])
      let end = try #require(route.curves.last)
      #expect(abs(route.start.y - from.bottom) < 1e-9 && route.start.x > from.left && route.start.x < from.right)
      #expect(abs(end.end.y - to.top) < 1e-9 && end.end.x > to.left && end.end.x < to.right)
      // Arrowheads take their direction from the last control point, and point straight down.
      #expect(abs(end.control2.x - end.end.x) < 1e-9 && end.end.y - end.control2.y > 0.1)
    }
  }

  /// A curve lies within the convex hull of its control points: what that hull does not touch, the line does not.
  @Test(arguments: DrawingProblem.all) func linesAvoidAllBoxes(_ problem: DrawingProblem) {
    let layout = problem.layout
    for route in layout.routes {
      var start = route.start
      for curve in route.curves {
        let hull = [start, curve.control1, curve.control2, curve.end]
        #expect(layout.boxes.filter { Self.touches(hull, $0) }.isEmpty, "\(hull)")
        start = curve.end
      }
    }
  }

  /// Whether a convex set reaches into a box by more than rounding: it does unless a vertical, horizontal or slanted
  /// line parallel to one of its sides keeps them apart.
  private static func touches(_ hull: [Point], _ box: Box) -> Bool {
    let (top, bottom) = (hull.map(\.y).min() ?? 0, hull.map(\.y).max() ?? 0)
    if bottom <= box.top + 1e-6 || top >= box.bottom - 1e-6 { return false }
    let corners = [box.left + 1e-6, box.right - 1e-6].flatMap { x in
      [box.top + 1e-6, box.bottom - 1e-6].map { Point(x: x, y: $0) }
    }
    var normals = [Point(x: 1, y: 0)]
    for a in hull { for b in hull where a != b { normals.append(Point(x: b.y - a.y, y: a.x - b.x)) } }
    return !normals.contains { normal in
      let first = hull.map { $0.x * normal.x + $0.y * normal.y }
      let second = corners.map { $0.x * normal.x + $0.y * normal.y }
      return (first.max() ?? 0) <= (second.min() ?? 0) || (second.max() ?? 0) <= (first.min() ?? 0)
    }
  }

  @Test func theSameGraphGetsTheSameDrawing() {
    for problem in DrawingProblem.all.suffix(10) {
      let again = LayeredLayout(sizes: problem.sizes, edges: problem.edges)
      #expect(again.boxes == problem.layout.boxes && again.routes == problem.layout.routes)
    }
  }

  @Test func widePartsAreBroken() {
    let children = 60
    let layout = LayeredLayout(
      sizes: [Extent](repeating: Extent(width: 120, height: 60), count: children + 1),
      edges: (1...children).map { Edge(from: 0, to: $0) })
    #expect(layout.extent.width < 3000)
    let isolated = LayeredLayout(sizes: [Extent](repeating: Extent(width: 120, height: 60), count: 200), edges: [])
    #expect(isolated.extent.width < 2500 && isolated.extent.height < 2500)
  }

  @Test func nothingTakesNoRoom() {
    let layout = LayeredLayout(sizes: [], edges: [])
    #expect(layout.boxes.isEmpty && layout.routes.isEmpty && layout.extent == Extent(width: 0, height: 0))
  }
}
