import type { Attributes } from 'graphology-types';
import { EdgeRectangleProgram } from 'sigma/rendering';

/** Length of a dash with its gap, as a share of half the picture's width. */
const _PERIOD = 0.03;

/** sigma's straight edge, dashed: the same shader with the way along the edge handed on, and gaps cut from it. */
export class DashedEdgeProgram<
  N extends Attributes = Attributes,
  E extends Attributes = Attributes,
  G extends Attributes = Attributes,
> extends EdgeRectangleProgram<N, E, G> {
  override getDefinition() {
    const straight = super.getDefinition();
    return {
      ...straight,
      VERTEX_SHADER_SOURCE: straight.VERTEX_SHADER_SOURCE.replace(
        'varying float v_feather;',
        'varying float v_feather;\nvarying float v_along;',
      ).replace(
        'v_normal = unitNormal;',
        `v_normal = unitNormal;
  v_along = a_positionCoef * length((u_matrix * vec3(a_positionEnd, 1)).xy - (u_matrix * vec3(a_positionStart, 1)).xy);`,
      ),
      FRAGMENT_SHADER_SOURCE: straight.FRAGMENT_SHADER_SOURCE.replace(
        'varying float v_feather;',
        'varying float v_feather;\nvarying float v_along;',
      ).replace(
        'gl_FragColor = mix(v_color, transparent, t);',
        `if (mod(v_along, ${_PERIOD}) > ${_PERIOD * 0.58}) t = 1.0;\n  gl_FragColor = mix(v_color, transparent, t);`,
      ),
    };
  }
}
