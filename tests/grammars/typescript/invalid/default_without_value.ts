export default ;
