x; 1; 'a'; None; True; False; ...; (); []; {}; (x); (x,); [x]; {x}; {x: y}
