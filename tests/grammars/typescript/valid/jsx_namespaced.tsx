const a = <svg:rect xlink:href="#a" />;
