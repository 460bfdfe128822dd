SELECT members FROM runs CROSS JOIN cells ON cell BETWEEN runs.low AND runs.high
